package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection that goes on trying, without waiting until it is there: the library's own way to do so returns when it is connected, however long that
 * takes. Says once that a server went away, and once that it is back. Safe for use by multiple threads.
 */
final class Dialling implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(Dialling.class);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    /** Longer than the library waits for one server. */
    private static final long FIRST_NEWS_SECONDS = 10;

    private final String name;
    private final CompletableFuture<Connection> made = new CompletableFuture<>();
    private volatile boolean away;

    private Dialling(String name) {
        this.name = name;
    }

    /** {@return a connection that is there, or that is tried for ever} */
    static Connection dial(String url, String name) {
        Dialling dialling = new Dialling(name);
        Options options = new Options.Builder()
                .server(url)
                .connectionName(name)
                .maxReconnects(-1)
                .reconnectWait(BETWEEN)
                .reconnectBufferSize(0)
                .connectionListener(dialling::heard)
                .errorListener(dialling)
                .build();
        try {
            Nats.connectAsynchronously(options, true);
            return dialling.made.get(FIRST_NEWS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JobException("NATS cannot be reached: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new JobException("NATS cannot be reached: nothing was heard in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS was connected", e);
        }
    }

    private void heard(Connection connection, Events event) {
        made.complete(connection);
        if (event == Events.DISCONNECTED && !away) {
            away = true;
            LOG.warn("{}: NATS is away; trying to reconnect until it is back", name);
        } else if (away && (event == Events.CONNECTED || event == Events.RECONNECTED)) {
            away = false;
            LOG.info("{}: NATS is back", name);
        } else {
            LOG.debug("{}: {}", name, event);
        }
    }

    @Override
    public void exceptionOccurred(@Nullable Connection connection, Exception failure) {
        if (connection != null) {
            made.complete(connection);
        } else if (!made.completeExceptionally(failure)) {
            LOG.warn("{}: connecting ended", name, failure);
        }
        if (failure instanceof IOException) {
            LOG.debug("{}: no connection", name, failure);
        } else {
            LOG.warn("{}: {}", name, failure.toString());
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warn("{}: the server says: {}", name, error);
    }
}
