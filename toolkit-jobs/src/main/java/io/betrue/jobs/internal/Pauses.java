package io.betrue.jobs.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait between tries: twice as long each time, up to a limit, and less by chance, so that not all come at once. For one thread. */
public final class Pauses {
    private final long first;
    private final long longest;
    private final RandomGenerator random;
    private long next;

    /**
     * Makes the pauses.
     *
     * @param first about how long the first one is, longer than zero
     * @param longest no pause is longer
     * @param random takes up to half of each away
     */
    public Pauses(Duration first, Duration longest, RandomGenerator random) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
        this.random = random;
        this.next = this.first;
    }

    /** {@return how long to wait after one more failure in a row} */
    public Duration next() {
        long most = next;
        next = Math.min(2 * most, longest);
        return Duration.ofNanos(most - random.nextLong(most / 2 + 1));
    }

    /** Begins anew: a try was a success. */
    public void reset() {
        next = first;
    }
}
