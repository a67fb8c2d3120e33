package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition with a deadline. */
final class WaitFor {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private WaitFor() {}

    static void condition(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within 10 s: " + what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
