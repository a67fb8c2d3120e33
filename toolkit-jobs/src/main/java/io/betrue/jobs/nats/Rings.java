package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the delayed jobs whose {@linkplain Alarms alarms} ring here: each rings with one of all workers, whoever leads. Opened, run and closed by one thread at
 * a time.
 */
final class Rings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rings.class);
    private static final String WORKERS = "workers";

    private final NatsStore store;
    private final DueHeap heap = new DueHeap();
    private final Mover mover;
    private final Runnable rung;
    private @Nullable Dispatcher dispatcher;

    /**
     * @param rung is called whenever there is something to run for
     */
    Rings(NatsStore store, Runnable rung) {
        this.store = store;
        this.mover = new Mover(store, heap, false);
        this.rung = rung;
    }

    /** Listens, where the server keeps alarms. */
    void keep() {
        if (dispatcher == null && store.alarms().areKept()) {
            try {
                Dispatcher thread = store.wire().connection.createDispatcher(this::hear);
                dispatcher = thread;
                thread.subscribe(store.names().ring, WORKERS);
            } catch (IllegalStateException e) {
                throw new JobException("NATS cannot be reached: " + e.getMessage(), e);
            }
        }
    }

    private void hear(Message message) {
        try {
            heap.add(0, Long.parseLong(new String(message.getData(), StandardCharsets.US_ASCII)));
            rung.run();
        } catch (NumberFormatException e) {
            LOG.debug("Somebody else says something on {}", message.getSubject(), e);
        }
    }

    /**
     * Moves what was told of.
     *
     * @param end when to stop, by {@link System#nanoTime}
     */
    void run(long end) {
        mover.run(end);
    }

    /** {@return when to run again, in milliseconds since 1970; {@link Long#MAX_VALUE} when nothing is known} */
    long first() {
        return heap.first();
    }

    @Override
    public void close() {
        Dispatcher thread = dispatcher;
        dispatcher = null;
        if (thread != null) {
            try {
                store.wire().connection.closeDispatcher(thread);
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.debug("Nothing to unsubscribe", e);
            }
        }
        mover.reset();
    }
}
