package io.betrue.jobs.internal;

import java.time.Duration;

/** When the next upkeep is, so that what becomes due before asks for one, once. Safe for use by multiple threads. */
public final class Agenda {
    private static final Duration FAR = Duration.ofHours(1);

    private final StoreListener listener;
    private boolean planned;
    private long at;
    private long heard;
    private boolean hearing;

    /**
     * Plans for one worker.
     *
     * @param listener is asked for an upkeep
     */
    public Agenda(StoreListener listener) {
        this.listener = listener;
    }

    /** From here on the upkeep may have looked already when something is heard. */
    public synchronized void begin() {
        planned = false;
        hearing = false;
    }

    /**
     * {@return the wait to the next upkeep: what it found, or what was heard meanwhile}
     *
     * @param found the wait that the upkeep found
     */
    public synchronized Duration next(Duration found) {
        long now = System.nanoTime();
        at = now + found.toNanos();
        if (hearing && heard - at < 0) {
            at = heard;
        }
        planned = true;
        return Duration.ofNanos(Math.max(1_000_000, at - now));
    }

    /**
     * Takes note that something becomes due.
     *
     * @param wait how long from now; zero or less means at once
     */
    public void due(Duration wait) {
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
