package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** How long the statements of toolkit-jobs that take jobs last while very many become due at one moment. */
final class Storm {
    private static final Duration DELAY = Duration.ofSeconds(20);

    private final Options options;
    private final BenchmarkPostgres postgres;
    private final Systems systems;
    private final PrintStream out;

    Storm(Options options, BenchmarkPostgres postgres, Systems systems, PrintStream out) {
        this.options = options;
        this.postgres = postgres;
        this.systems = systems;
        this.out = out;
    }

    void run() {
        BeTrueJobs system = (BeTrueJobs) systems.open(BeTrueJobs.NAME);
        system.enqueue(options.jobs());
        system.drain(options.jobs()); // warms up
        system.clear();
        out.printf(
                "%n| ms for a statement that takes jobs | p50 | p95 | p99 | longest | statements | all jobs |%n|---|---|---|---|---|---|---|%n");
        try (Pool pool = new Pool(postgres.jdbcUrl(Systems.database(BeTrueJobs.NAME)))) {
            for (int round = 0; round < options.rounds(); round++) {
                storm(system, pool);
            }
        }
    }

    private void storm(BeTrueJobs system, Pool pool) {
        long enqueueing = System.nanoTime();
        system.enqueue(options.jobs(), DELAY);
        systems.settle(Systems.database(BeTrueJobs.NAME));
        TimedStatements timed = new TimedStatements(pool.dataSource(), sql -> sql.contains("claim_v1"));
        NoOps.expect(options.jobs());
        JavaSystem.Worker worker = BeTrueJobs.startWorker(timed.dataSource());
        Latency.pause((int) Math.max(0, DELAY.toMillis() - (System.nanoTime() - enqueueing) / 1_000_000));
        long due = System.nanoTime();
        NoOps.await();
        double seconds = (double) (System.nanoTime() - due) / 1e9;
        worker.stop();
        long[] took = timed.took();
        out.printf(
                Locale.ROOT,
                "| %,d due at once | %s | %d | %.1f s |%n",
                options.jobs(),
                Figures.percentiles(took),
                took.length,
                seconds);
        system.clear();
    }
}
