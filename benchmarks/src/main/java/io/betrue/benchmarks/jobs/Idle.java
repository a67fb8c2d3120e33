package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.util.Locale;

/** What a worker that has nothing to do costs: transactions a second, which are statements, for each of them is one by itself. */
final class Idle {
    private static final int SETTLE_SECONDS = 15;
    private static final int SECONDS = 60;

    private final Options options;
    private final BenchmarkPostgres postgres;
    private final Systems systems;
    private final PrintStream out;

    Idle(Options options, BenchmarkPostgres postgres, Systems systems, PrintStream out) {
        this.options = options;
        this.postgres = postgres;
        this.systems = systems;
        this.out = out;
    }

    void run() {
        out.printf("%n| %d s of an idle worker | transactions a second |%n|---|---|%n", SECONDS);
        for (String name : options.systems().isEmpty() ? Systems.OF_JAVA : options.systems()) {
            JavaSystem system = (JavaSystem) systems.open(name);
            JavaSystem.Worker worker = system.startWorker();
            Latency.pause(SETTLE_SECONDS * 1_000);
            long before = transactions(name);
            Latency.pause(SECONDS * 1_000);
            out.printf(Locale.ROOT, "| %s | %.2f |%n", name, (double) (transactions(name) - before) / SECONDS);
            worker.stop();
        }
    }

    private long transactions(String name) {
        return postgres.number("select xact_commit + xact_rollback from pg_stat_database where datname = '"
                + Systems.database(name) + "'");
    }
}
