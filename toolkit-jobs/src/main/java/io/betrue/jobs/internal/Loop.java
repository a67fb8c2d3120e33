package io.betrue.jobs.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does a step again and again until it is stopped, and outlives failures. */
abstract class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Wakes the thread out of its wait. */
    final Signal bell;

    private final Thread thread;
    private final Signal hurry = new Signal();
    private final Pauses pauses;
    private volatile boolean stopping;
    private volatile boolean started;

    Loop(String name) {
        this(name, new Signal(), new Pauses(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault()));
    }

    Loop(String name, Signal bell, Pauses pauses) {
        this.bell = bell;
        this.pauses = pauses;
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

    /** Ends a pause after failures, or keeps the next from beginning: there is reason to try again now. */
    final void hurry() {
        hurry.ring();
    }

    final void stop() {
        synchronized (thread) {
            stopping = true;
        }
        hurry.ring();
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
        while (true) {
            long hurried = hurry.rings();
            // before it looks whether to stop: to wait for a later ring then cannot miss that one
            long seen = bell.rings();
            if (stopping && !hasRest()) {
                return;
            }
            try {
                step(seen);
                pauses.reset();
            } catch (InterruptedException e) {
                LOG.debug("{} ignores an interrupt: it ends when its worker stops", thread.getName());
            } catch (RuntimeException e) {
                failed(e);
                if (stopping && giveUp()) {
                    return;
                }
                pause(hurried, pauses.next());
            } catch (Error e) {
                LOG.error("{} goes on after an error", thread.getName(), e);
                failed(new IllegalStateException(e));
                if (stopping && giveUp()) {
                    return;
                }
                pause(hurried, LONGEST_PAUSE);
            }
        }
    }

    /** Takes note of a failed step. */
    abstract void failed(RuntimeException failure);

    /** {@return whether a stopping loop that fails leaves its rest undone} */
    boolean giveUp() {
        return true;
    }

    private void pause(long hurried, Duration time) {
        try {
            hurry.await(hurried, time.toNanos());
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted in a pause", thread.getName());
        }
    }
}
