package io.betrue.jobs.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Connections that come back by themselves and say nothing of it. */
final class QuietConnection {
    private QuietConnection() {}

    static Connection to(String... urls) {
        try {
            return Nats.connect(new Options.Builder()
                    .servers(urls)
                    .maxReconnects(-1)
                    .reconnectWait(Duration.ofMillis(100))
                    .reconnectBufferSize(0)
                    .errorListener(new ErrorListener() {})
                    .build());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no connection to " + List.of(urls), e);
        }
    }
}
