package io.betrue.commands.nats;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages to a connection. Safe for use by multiple threads. */
final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final Connection connection;

    Publisher(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** {@return how many bytes a chunk of a stream may have} */
    int chunk() {
        return (int) Math.max(1, Math.min(Limits.CHUNK, connection.getMaxPayload() - Limits.CHUNK_HEADER));
    }

    /** {@return whether the connection took the message: it does not if it is down or closed, or its queue stays full} */
    boolean publish(String subject, @Nullable String replyTo, Headers headers, byte[] body) {
        try {
            connection.publish(subject, replyTo, headers.isEmpty() ? null : headers, body);
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            log.debug("a message could not be sent", e);
            return false;
        }
    }
}
