package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many dead rows toolkit-jobs leaves in the table of waiting and running jobs, while jobs come and go at one rate. */
final class Steady {
    private static final int EACH_TENTH = 100;
    private static final String TABLE = "from pg_stat_user_tables where relid = 'jobs.job'::regclass";

    private final Options options;
    private final BenchmarkPostgres postgres;
    private final Systems systems;
    private final PrintStream out;

    Steady(Options options, BenchmarkPostgres postgres, Systems systems, PrintStream out) {
        this.options = options;
        this.postgres = postgres;
        this.systems = systems;
        this.out = out;
    }

    void run() {
        BeTrueJobs system = (BeTrueJobs) systems.open(BeTrueJobs.NAME);
        int jobs = options.seconds() * 10 * EACH_TENTH;
        List<Double> dead = new ArrayList<>();
        NoOps.expect(jobs);
        JavaSystem.Worker worker = system.startWorker();
        long start = System.nanoTime();
        for (int tenth = 1; tenth <= options.seconds() * 10; tenth++) {
            system.enqueueFrom((tenth - 1) * EACH_TENTH, EACH_TENTH);
            if (tenth % 10 == 0) {
                dead.add((double) number("n_dead_tup"));
            }
            long wait = start + TimeUnit.MILLISECONDS.toNanos(100L * tenth) - System.nanoTime();
            Latency.pause((int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(wait)));
        }
        NoOps.await();
        double seconds = (double) (System.nanoTime() - start) / 1e9;
        worker.stop();
        out.printf(
                Locale.ROOT,
                "%n| jobs | s | dead rows each second: median (lowest to highest) | vacuums of the worker | of PostgreSQL |%n|---|---|---|---|---|%n"
                        + "| %,d | %.0f | %s | %d | %d |%n",
                jobs,
                seconds,
                Figures.spread(dead),
                number("vacuum_count"),
                number("autovacuum_count"));
    }

    private long number(String column) {
        return postgres.number(Systems.database(BeTrueJobs.NAME), "select " + column + " " + TABLE);
    }
}
