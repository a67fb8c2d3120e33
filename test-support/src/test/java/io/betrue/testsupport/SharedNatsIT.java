package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

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
    void givesNamesOfWhichNoneBeginsWithAnother() {
        List<String> names = Stream.generate(NATS::namespace).limit(200).toList();

        assertThat(names).allMatch(name -> name.matches("[a-z][a-z0-9]{1,9}"));
        assertThat(names)
                .allSatisfy(name -> assertThat(names)
                        .filteredOn(other -> other.startsWith(name))
                        .containsExactly(name));
    }
}
