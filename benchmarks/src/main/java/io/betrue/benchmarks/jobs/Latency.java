package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/** How long it takes from the moment that the transaction of a job is over until its handler starts, when there is nothing else to do. */
final class Latency {
    private static final int JOBS = 500;
    private static final int WARM_UP = 100;
    private static final int MOST_MILLIS_BETWEEN = 40;
    private static final int LONGEST_SECONDS = 120;

    private final Options options;
    private final BenchmarkPostgres postgres;
    private final Systems systems;
    private final PrintStream out;

    Latency(Options options, BenchmarkPostgres postgres, Systems systems, PrintStream out) {
        this.options = options;
        this.postgres = postgres;
        this.systems = systems;
        this.out = out;
    }

    void run() {
        out.printf(
                "%n%d jobs, 0 to %d ms between; a job that starts before its producer knows of the commit counts as 0 ms%n",
                JOBS, MOST_MILLIS_BETWEEN);
        out.printf("%n| ms from commit to handler | p50 | p95 | p99 | longest |%n|---|---|---|---|---|%n");
        for (String name : options.systems().isEmpty() ? Systems.OF_JAVA : options.systems()) {
            JavaSystem system = (JavaSystem) systems.open(name);
            systems.settle(Systems.database(name));
            measure(name + ", same process", system, inThisProcess(system));
            measure(name + ", another process", system, inAnotherProcess(name));
        }
    }

    /** Starts a worker that tells a watcher of the jobs that it starts. */
    @FunctionalInterface
    private interface Start {
        JavaSystem.Worker worker(NoOps.Watcher watcher);
    }

    private static Start inThisProcess(JavaSystem system) {
        return watcher -> {
            NoOps.watch(watcher);
            JavaSystem.Worker worker = system.startQuickWorker();
            return () -> {
                worker.stop();
                NoOps.watch((id, nanoTime) -> {});
            };
        };
    }

    private Start inAnotherProcess(String name) {
        return watcher -> WorkerProcess.start(name, postgres.jdbcUrl(Systems.database(name)), watcher);
    }

    private void measure(String what, JavaSystem system, Start start) {
        int all = WARM_UP + JOBS;
        AtomicLongArray started = new AtomicLongArray(all);
        CountDownLatch left = new CountDownLatch(all);
        JavaSystem.Worker worker = start.worker((id, nanoTime) -> {
            if (started.compareAndSet(id, 0, nanoTime)) {
                left.countDown();
            }
        });
        long[] committed = new long[all];
        RandomGenerator random = new Random(20261121);
        pause(3_000);
        for (int id = 0; id < all; id++) {
            pause(random.nextInt(MOST_MILLIS_BETWEEN + 1));
            system.enqueueOne(id);
            committed[id] = System.nanoTime();
        }
        await(left, what);
        worker.stop();
        long[] took = new long[JOBS];
        for (int i = 0; i < JOBS; i++) {
            took[i] = Math.max(0, started.get(WARM_UP + i) - committed[WARM_UP + i]);
        }
        out.println("| " + what + " | " + Figures.percentiles(took) + " |");
        system.clear();
    }

    private static void await(CountDownLatch left, String what) {
        try {
            if (!left.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        what + ": " + left.getCount() + " jobs have not started within " + LONGEST_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jobs run", e);
        }
    }

    static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
