package io.betrue.jobs.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does a step again and again until it is stopped, and outlives failures. */
abstract class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 2_000;

    /** Wakes the thread out of its wait. */
    final Signal bell = new Signal();

    private final Thread thread;
    private final Signal stop = new Signal();
    private volatile boolean stopping;
    private volatile boolean started;

    Loop(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    final void start() {
        synchronized (thread) {
            if (!stopping) {
                started = true;
                thread.start();
            }
        }
    }

    /**
     * Does one step: looks for work, and does it or waits for it.
     *
     * @param seen how often the bell had rung before it was looked whether to stop; to wait for a later ring keeps that news from being lost
     */
    abstract void step(long seen) throws InterruptedException;

    /** {@return whether it should end as soon as it has nothing left to do} */
    final boolean isStopping() {
        return stopping;
    }

    /** {@return whether a stopping loop has something left that must be done} */
    boolean hasRest() {
        return false;
    }

    final void stop() {
        synchronized (thread) {
            stopping = true;
        }
        stop.ring();
        bell.ring();
        boolean interrupted = false;
        while (started) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE;
        while (true) {
            long seen = bell.rings();
            if (stopping && !hasRest()) {
                return;
            }
            try {
                step(seen);
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                LOG.debug("{} ignores an interrupt: it ends when its worker stops", thread.getName());
            } catch (RuntimeException e) {
                failed(e);
                if (stopping && giveUp()) {
                    return;
                }
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            } catch (Error e) {
                LOG.error("{} goes on after an error", thread.getName(), e);
                failed(new IllegalStateException(e));
                if (stopping && giveUp()) {
                    return;
                }
                pause(LONGEST_PAUSE);
            }
        }
    }

    /** Takes note of a failed step. */
    abstract void failed(RuntimeException failure);

    /** {@return whether a stopping loop that fails leaves its rest undone} */
    boolean giveUp() {
        return true;
    }

    private void pause(long millis) {
        try {
            stop.await(stopping ? stop.rings() : 0, millis * 1_000_000);
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted in a pause", thread.getName());
        }
    }
}
