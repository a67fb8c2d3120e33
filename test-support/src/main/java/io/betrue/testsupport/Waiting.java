package io.betrue.testsupport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits that end: when what is waited for is so, at a deadline, or with an interrupt, which is kept. */
final class Waiting {
    private static final long BETWEEN_NANOS = Duration.ofMillis(5).toNanos();

    private Waiting() {}

    /** {@return whether it came to be so within the limit; it is asked every few milliseconds, and at least once} */
    static boolean until(Duration limit, BooleanSupplier question) {
        long start = System.nanoTime();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return true;
    }

    /** {@return whether the process ended within the limit} */
    static boolean forEnd(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
