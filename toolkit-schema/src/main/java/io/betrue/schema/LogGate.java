package io.betrue.schema;

import java.util.function.LongSupplier;

/** Lets a few lines a second into the log and counts the others. Safe for use by multiple threads. */
final class LogGate {
    private static final int MOST = 10;
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private long start;
    private int lines;
    private long left;

    LogGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** {@return how many lines were left out since the last one that was let in; -1 if this one is left out too} */
    synchronized long enter() {
        long now = nanoTime.getAsLong();
        if (now - start >= SECOND) {
            start = now;
            lines = 0;
        }
        if (lines >= MOST) {
            left++;
            return -1;
        }
        lines++;
        long before = left;
        left = 0;
        return before;
    }
}
