package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast toolkit-jobs works off a queue beside 1,000,000 jobs of the future and 1,000,000 that have ended, compared with empty tables. */
final class Loaded {
    private static final int OTHERS = 1_000_000;
    private static final int STEP = 100_000;

    private final Options options;
    private final Systems systems;
    private final PrintStream out;

    Loaded(Options options, Systems systems, PrintStream out) {
        this.options = options;
        this.systems = systems;
        this.out = out;
    }

    void run() {
        int others = Math.min(OTHERS, 10 * options.jobs());
        BeTrueJobs empty = (BeTrueJobs) systems.open(BeTrueJobs.NAME, "empty_tables");
        BeTrueJobs full = (BeTrueJobs) systems.open(BeTrueJobs.NAME, "full_tables");
        full.enqueue(others, Duration.ofDays(30));
        for (int ended = 0; ended < others; ended += STEP) {
            full.enqueue(Math.min(STEP, others - ended));
            full.drain(Math.min(STEP, others - ended));
        }
        drain(empty, "empty_tables");
        List<Double> withOthers = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            empty.clear();
            alone.add(drain(empty, "empty_tables"));
            withOthers.add(drain(full, "full_tables"));
        }
        out.printf(
                Locale.ROOT,
                "%n| %,d jobs, jobs/s of %d rounds | drain |%n|---|---|%n| empty tables | %s |%n| with %,d future and %,d ended | %s |%n"
                        + "Ratio, median of the pairs: %.2f%n",
                options.jobs(),
                options.rounds(),
                Figures.spread(alone),
                others,
                others,
                Figures.spread(withOthers),
                Figures.ratio(withOthers, alone));
    }

    private double drain(BeTrueJobs system, String database) {
        system.enqueue(options.jobs());
        systems.settle(database);
        return Rates.perSecond(options.jobs(), system.drain(options.jobs()));
    }
}
