package io.betrue.benchmarks.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the jobs of every system in a process do: count that they ran, and note when, if somebody wants to know. */
final class NoOps {
    /** Is told of a job that starts. */
    @FunctionalInterface
    interface Watcher {
        /** The job with this number has started; called by many threads at once. */
        void started(int id, long nanoTime);
    }

    private static final int LONGEST_MINUTES = 30;
    private static final AtomicInteger RAN = new AtomicInteger();
    private static volatile int expected;
    private static volatile CountDownLatch all = new CountDownLatch(0);
    private static volatile Watcher watcher = (id, nanoTime) -> {};

    private NoOps() {}

    static void expect(int jobs) {
        RAN.set(0);
        expected = jobs;
        all = new CountDownLatch(1);
    }

    static void watch(Watcher own) {
        watcher = own;
    }

    static void run(int id) {
        watcher.started(id, System.nanoTime());
        if (RAN.incrementAndGet() == expected) {
            all.countDown();
        }
    }

    static void await() {
        try {
            if (!all.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(
                        "after " + LONGEST_MINUTES + " minutes " + RAN + " of " + expected + " jobs have run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jobs run", e);
        }
    }

    /** Refuses a measurement in which a job ran twice; asked when the worker has stopped. */
    static void checkEachRanOnce() {
        if (RAN.get() != expected) {
            throw new IllegalStateException(expected + " jobs ran " + RAN + " times");
        }
    }
}
