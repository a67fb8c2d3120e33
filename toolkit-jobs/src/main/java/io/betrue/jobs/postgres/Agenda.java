package io.betrue.jobs.postgres;

import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;

/** When the next upkeep is, so that what becomes due before asks for one, once. Safe for use by multiple threads. */
final class Agenda {
    private static final Duration FAR = Duration.ofHours(1);

    private final StoreListener listener;
    private boolean planned;
    private long at;
    private long heard;
    private boolean hearing;

    Agenda(StoreListener listener) {
        this.listener = listener;
    }

    /** From here on the upkeep may have looked already when something is heard. */
    synchronized void begin() {
        planned = false;
        hearing = false;
    }

    /** {@return the wait to the next upkeep: what it found, or what was heard meanwhile} */
    synchronized Duration next(Duration found) {
        long now = System.nanoTime();
        at = now + found.toNanos();
        if (hearing && heard - at < 0) {
            at = heard;
        }
        planned = true;
        return Duration.ofNanos(Math.max(1_000_000, at - now));
    }

    void due(Duration wait) {
        if (earlier(System.nanoTime() + nanos(wait))) {
            listener.upkeepNow();
        }
    }

    private static long nanos(Duration wait) {
        return wait.compareTo(FAR) < 0 ? wait.toNanos() : FAR.toNanos();
    }

    private synchronized boolean earlier(long time) {
        if (!planned) {
            heard = hearing && heard - time < 0 ? heard : time;
            hearing = true;
            return false;
        }
        if (time - at < 0) {
            at = time;
            return true;
        }
        return false;
    }
}
