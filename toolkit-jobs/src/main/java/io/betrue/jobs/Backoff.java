package io.betrue.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How long a failed job waits for its next attempt. Implementations are immutable and safe for use by multiple threads.
 */
@FunctionalInterface
public interface Backoff {
    /**
     * {@return the wait before the next attempt, zero for at once; a negative one counts as zero}
     *
     * @param failures how many attempts have failed so far, at least 1
     * @param random for jitter, so that what failed together does not return together
     */
    Duration delay(int failures, RandomGenerator random);

    /**
     * Doubles the wait with each failure and spreads it by up to a quarter to both sides.
     *
     * @param first the wait after the first failure, longer than zero
     * @param longest the most that the wait grows to before it is spread, at least {@code first}
     * @return the schedule
     * @throws IllegalArgumentException if the durations are not as described
     */
    static Backoff exponential(Duration first, Duration longest) {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff must grow from more than zero, was " + first + " to " + longest);
        }
        return (failures, random) -> {
            double millis = (double) first.toMillis() * Math.pow(2, Math.min(failures, 62) - 1.0);
            return spread(Duration.ofMillis(Math.min((long) millis, longest.toMillis())), random);
        };
    }

    /**
     * Waits the same after each failure, spread by up to a quarter to both sides.
     *
     * @param wait the wait, zero for at once
     * @return the schedule
     * @throws IllegalArgumentException if {@code wait} is negative
     */
    static Backoff constant(Duration wait) {
        if (Objects.requireNonNull(wait, "wait").isNegative()) {
            throw new IllegalArgumentException("backoff must not be negative, was " + wait);
        }
        return (failures, random) -> spread(wait, random);
    }

    private static Duration spread(Duration wait, RandomGenerator random) {
        return Duration.ofNanos((long) ((double) wait.toNanos() * (0.75 + 0.5 * random.nextDouble())));
    }
}
