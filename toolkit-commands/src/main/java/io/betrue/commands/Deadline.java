package io.betrue.commands;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a call must have ended. It is kept against a clock that only moves forwards, so between processes it travels as the time that is left. Immutable and safe
 * for use by multiple threads.
 */
public final class Deadline {
    private final long at;
    private final LongSupplier nanos;

    private Deadline(long at, LongSupplier nanos) {
        this.at = at;
        this.nanos = nanos;
    }

    /**
     * {@return a deadline from now on}
     *
     * @param left how long until it is reached; zero or less has reached it; more than a year counts as a year
     */
    public static Deadline in(Duration left) {
        return in(left, System::nanoTime);
    }

    /**
     * {@return a deadline from now on, by a clock of the caller's, so that a test can hold it still}
     *
     * @param left how long until it is reached
     * @param nanos a clock like {@link System#nanoTime()}
     */
    public static Deadline in(Duration left, LongSupplier nanos) {
        Duration bounded = left.compareTo(Duration.ofDays(366)) > 0 ? Duration.ofDays(366) : left;
        return new Deadline(nanos.getAsLong() + (bounded.isNegative() ? 0 : bounded.toNanos()), nanos);
    }

    /** {@return how long is left, never less than zero} */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    long remainingNanos() {
        return Math.max(0, at - nanos.getAsLong());
    }

    /** {@return whether it is reached} */
    public boolean isExpired() {
        return at - nanos.getAsLong() <= 0;
    }

    /**
     * {@return the earlier of this and a deadline from now on}
     *
     * @param left how long until the other is reached
     */
    public Deadline within(Duration left) {
        Deadline other = in(left, nanos);
        return other.at - at < 0 ? other : this;
    }

    /** {@return how long is left} */
    @Override
    public String toString() {
        return "in " + remaining();
    }
}
