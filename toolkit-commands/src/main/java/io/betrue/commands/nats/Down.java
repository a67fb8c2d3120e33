package io.betrue.commands.nats;

import io.nats.client.ConnectionListener;
import io.nats.client.ConnectionListener.Events;

/** Hears when a connection breaks. */
final class Down {
    private Down() {}

    static ConnectionListener then(Runnable action) {
        return (connection, event) -> {
            if (event == Events.DISCONNECTED || event == Events.CLOSED) {
                action.run();
            }
        };
    }
}
