package io.betrue.commands;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an idempotency key for a call as long as it runs, however long that is. Safe for use by multiple threads. */
final class Renewal {
    /** How long a key is kept from each renewal on. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration AHEAD = LEASE.dividedBy(2);
    private static final Duration AGAIN = LEASE.dividedBy(10);

    private final Later later;
    private final IdempotencyStore store;
    private final String key;
    private final String token;
    private @Nullable Future<?> next; // guarded by this
    private boolean ended; // guarded by this

    /** Does things later, in another thread. */
    @FunctionalInterface
    interface Later {
        /** Does something after a pause; {@return the way to take it back} */
        Future<?> in(Duration pause, Runnable task);
    }

    private Renewal(Later later, IdempotencyStore store, String key, String token) {
        this.later = later;
        this.store = store;
        this.key = key;
        this.token = token;
    }

    /**
     * Begins.
     *
     * @param lease how long the key is kept already, {@link #LEASE} at least
     */
    static Renewal begin(Later later, IdempotencyStore store, String key, String token, Duration lease) {
        Renewal renewal = new Renewal(later, store, key, token);
        renewal.plan(lease.minus(AHEAD));
        return renewal;
    }

    private synchronized void plan(Duration pause) {
        if (!ended) {
            next = later.in(pause, this::renew);
        }
    }

    private void renew() {
        try {
            if (store.renew(key, token, LEASE)) {
                plan(AHEAD);
            } // else the call has ended in this moment, or another has the key, and how that one ends counts
        } catch (RuntimeException e) {
            LOG.warn("An idempotency key cannot be kept for longer now, which is tried again: {}", e.toString());
            plan(AGAIN);
        }
    }

    /** The call has ended. */
    synchronized void end() {
        ended = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
