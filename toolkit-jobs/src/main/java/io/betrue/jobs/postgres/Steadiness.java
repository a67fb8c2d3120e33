package io.betrue.jobs.postgres;

import java.time.Duration;

/**
 * How long a worker has beaten without a gap. Only such a worker may call another one dead: after an outage of the database all have been silent, and
 * whoever comes back first would rescue from all others. Safe for use by multiple threads.
 */
final class Steadiness {
    private final long gap;
    private long since = System.nanoTime();
    private long last = since;

    Steadiness(Duration interval) {
        this.gap = interval.toNanos() * 3 / 2;
    }

    synchronized void heard() {
        long now = System.nanoTime();
        if (now - last > gap) {
            since = now;
        }
        last = now;
    }

    synchronized void lost() {
        since = System.nanoTime();
        last = since;
    }

    /** {@return how long there has been no gap; zero in a gap} */
    synchronized Duration span() {
        long now = System.nanoTime();
        return now - last > gap ? Duration.ZERO : Duration.ofNanos(now - since);
    }
}
