package io.betrue.jobs.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Removes what a test leaves in a server that others share. */
final class Namespaces {
    private Namespaces() {}

    static void remove(Connection connection, String namespace) {
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            for (String stream : management.getStreamNames()) {
                if (stream.startsWith(namespace + '-') || stream.startsWith("KV_" + namespace + '-')) {
                    management.deleteStream(stream);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JetStreamApiException e) {
            throw new IllegalStateException("NATS refused to remove the streams of " + namespace, e);
        }
    }
}
