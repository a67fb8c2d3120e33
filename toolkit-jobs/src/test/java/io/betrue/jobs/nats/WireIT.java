package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.delayed;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.TestNats;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How answers of JetStream are understood. */
class WireIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private String namespace;
    private Keeper keeper;

    @BeforeEach
    void open() {
        namespace = NATS.namespace();
        keeper = Keeper.of(NATS.url(), namespace);
    }

    @AfterEach
    void close() {
        Namespaces.remove(keeper.store.wire().connection, namespace);
        keeper.close();
    }

    @Test
    void saysThatAMessageWasNotThere() {
        long first = keeper.insert(delayed(ofHours(1)));
        long between = keeper.insert(delayed(ofHours(1)));
        long last = keeper.insert(delayed(ofHours(1)));
        assertThat(removes(between)).containsExactly(true, false);
        assertThat(removes(first)).containsExactly(true, false);
        assertThat(removes(last)).containsExactly(true, false);
        assertThat(keeper.store.wire().delete(keeper.store.names().later, 1_000))
                .isFalse();
    }

    /** {@return whether it was there, when it is removed twice} */
    private boolean[] removes(long id) {
        String stream = keeper.store.names().later;
        long sequence = Objects.requireNonNull(keeper.later(id)).sequence();
        return new boolean[] {
            keeper.store.wire().delete(stream, sequence), keeper.store.wire().delete(stream, sequence)
        };
    }
}
