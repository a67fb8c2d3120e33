package io.betrue.jobs.nats;

import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Numbers of jobs, taken in blocks so that one question serves many; a block grows old, so that numbers follow time. Safe for use by multiple threads. */
final class Ids {
    static final int BLOCK = 4_096;
    private static final String KEY = "ids";
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration GOOD_TIME = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};

    private final Supplier<Bucket> control;
    private final ServerClock clock;
    private long next;
    private long end;
    private long taken;

    Ids(Supplier<Bucket> control, ServerClock clock) {
        this.control = control;
        this.clock = clock;
    }

    synchronized long next() {
        long now = System.nanoTime();
        if (next == end || now - taken > OLD_NANOS) {
            long revision = control.get().put(KEY, NOTHING);
            if (!clock.isFresh(GOOD_TIME)) {
                learnTheTime(revision, now, System.nanoTime());
            }
            next = revision * BLOCK;
            end = next + BLOCK;
            taken = now;
        }
        return next++;
    }

    /** Asks the server for its time, unless it was asked not longer ago than this. */
    synchronized void freshenTheClock(Duration age) {
        if (!clock.isFresh(age)) {
            long asked = System.nanoTime();
            learnTheTime(control.get().put(KEY, NOTHING), asked, System.nanoTime());
        }
    }

    private void learnTheTime(long revision, long asked, long answered) {
        KeyValueEntry entry = control.get().get(KEY);
        if (entry != null && entry.getRevision() == revision) {
            clock.learn(asked, answered, entry.getCreated().toInstant());
        }
    }
}
