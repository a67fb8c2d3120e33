package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.localservers.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // closing a connection of jnats may be interrupted
class SharedNatsIT {
    // tag::shared[]
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();
    // end::shared[]

    @Test
    void isOneServerForAllClasses() throws Exception {
        try (Connection one = Nats.connect(NATS.url());
                Connection other = Nats.connect(TestNats.shared().url())) {
            assertThat(one.getServerInfo().isJetStreamAvailable()).isTrue();
            assertThat(one.getServerInfo().getServerId())
                    .isEqualTo(other.getServerInfo().getServerId());
        }
    }

    @Test
    void isAnotherServerForAnotherRelease() throws Exception {
        TestNats newer = TestNats.shared(NatsRelease.SCHEDULES);
        try (Connection one = Nats.connect(newer.url());
                Connection other =
                        Nats.connect(TestNats.shared(NatsRelease.SCHEDULES).url())) {
            assertThat(one.getServerInfo().isSameOrNewerThanVersion("2.12.0")).isTrue();
            assertThat(newer.url()).isNotEqualTo(NATS.url());
            assertThat(one.getServerInfo().getServerId())
                    .isEqualTo(other.getServerInfo().getServerId());
        }
    }

    @Test
    void givesNamesOfWhichNoneBeginsWithAnother() {
        List<String> names = Stream.generate(NATS::namespace).limit(200).toList();

        assertThat(names).allMatch(name -> name.matches("[a-z][a-z0-9]{1,9}"));
        assertThat(names)
                .allSatisfy(name -> assertThat(names)
                        .filteredOn(other -> other.startsWith(name))
                        .containsExactly(name));
    }
}
