package io.betrue.commands.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends subscriptions. */
final class Draining {
    private static final Logger log = LoggerFactory.getLogger(Draining.class);

    private Draining() {}

    /** Ends the subscriptions first, and hands on what came before; a connection that is down has nothing to hand on. */
    static void drain(List<Dispatcher> dispatchers, Duration limit) {
        List<CompletableFuture<Boolean>> ends = new ArrayList<>();
        try {
            for (Dispatcher dispatcher : dispatchers) {
                ends.add(dispatcher.drain(limit));
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.debug("subscriptions could not be drained", e);
        }
    }

    static void close(Connection connection, Dispatcher dispatcher) {
        try {
            connection.closeDispatcher(dispatcher);
        } catch (IllegalArgumentException | IllegalStateException e) {
            log.debug("a dispatcher was closed already", e);
        }
    }
}
