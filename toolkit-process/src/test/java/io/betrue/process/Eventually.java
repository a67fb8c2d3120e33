package io.betrue.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread or process brings about. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(5);

    private Eventually() {}

    static void holds(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("this did not come true within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }
}
