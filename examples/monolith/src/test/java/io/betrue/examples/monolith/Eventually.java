package io.betrue.examples.monolith;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that another process brings about. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Eventually() {}

    public static void holds(Callable<Boolean> condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!test(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("this did not come true within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private static boolean test(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            return false; // not yet
        }
    }
}
