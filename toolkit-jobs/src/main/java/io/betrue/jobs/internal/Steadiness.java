package io.betrue.jobs.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a worker has beaten without a gap. Only such a worker may call another one dead: after an outage of the store all have been silent, and
 * whoever comes back first would rescue from all others. Safe for use by multiple threads.
 */
public final class Steadiness {
    private final long gap;
    private final LongSupplier nanos;
    private long since;
    private long last;
    private boolean lost;

    /**
     * Begins to count.
     *
     * @param interval between beats
     * @param nanos measures waits, as {@link System#nanoTime} does
     */
    public Steadiness(Duration interval, LongSupplier nanos) {
        this.gap = interval.toNanos() * 3 / 2;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
        this.last = since;
    }

    /** The store has answered. */
    public synchronized void heard() {
        long now = nanos.getAsLong();
        if (lost || now - last > gap) {
            since = now;
        }
        last = now;
        lost = false;
    }

    /** The worker was taken for dead itself. */
    public synchronized void lost() {
        lost = true;
    }

    /** {@return how long there has been no gap; zero in a gap, and for a worker taken for dead} */
    public synchronized Duration span() {
        long now = nanos.getAsLong();
        return lost || now - last > gap ? Duration.ZERO : Duration.ofNanos(now - since);
    }
}
