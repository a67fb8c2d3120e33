package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Two hubs of one process. */
class MemoryHubTest extends HubContractTest {
    private final Broadcaster shared = Broadcaster.inMemory(LIMITS);

    @Override
    protected Broadcaster broadcaster() {
        return shared;
    }

    @Test
    void refusesEventsThatAreTooLarge() {
        Hub hub = here.hub;
        assertThatThrownBy(() -> hub.send(Audience.all(), "big", "x".repeat(70_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> hub.send(Audience.all(), " ", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Audience.room("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closesTwice() {
        Hub hub = Hub.create();
        hub.close();
        hub.close();
        assertThat(hub.connections()).isZero();
    }
}
