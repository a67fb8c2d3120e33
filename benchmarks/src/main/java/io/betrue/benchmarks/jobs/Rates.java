package io.betrue.benchmarks.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How fast jobs that do nothing are queued, and how fast a queue of them is worked off. */
final class Rates {
    private static final int WARM_UP = 50_000;
    private static final int SLOW_WARM_UP = 2_000;

    private final Options options;
    private final Systems systems;
    private final PrintStream out;
    private final Map<String, List<Double>> enqueued = new TreeMap<>();
    private final Map<String, List<Double>> drained = new TreeMap<>();
    private final Map<String, List<Double>> burned = new TreeMap<>();

    Rates(Options options, Systems systems, PrintStream out) {
        this.options = options;
        this.systems = systems;
        this.out = out;
    }

    /** Jobs a second, and microseconds of processor time for a job that is worked off. */
    private record Rate(double enqueue, double drain, double burned) {}

    void run() {
        List<JobSystem> measured = systems.openAll(options.systems().isEmpty() ? Systems.ALL : options.systems());
        for (JobSystem system : measured) {
            measure(system, Math.min(options.jobsOf(system), system.isSlow() ? SLOW_WARM_UP : WARM_UP));
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < measured.size(); i++) { // each round begins one further on
                measure(round, measured.get((i + round) % measured.size()));
            }
        }
        report(measured);
    }

    private void measure(int round, JobSystem system) {
        int jobs = options.jobsOf(system);
        Rate rate = measure(system, jobs);
        enqueued.computeIfAbsent(system.name(), key -> new ArrayList<>()).add(rate.enqueue);
        drained.computeIfAbsent(system.name(), key -> new ArrayList<>()).add(rate.drain);
        burned.computeIfAbsent(system.name(), key -> new ArrayList<>()).add(rate.burned);
        out.printf(
                Locale.ROOT,
                "round %d: %s, %,d jobs: enqueue %,.0f/s, drain %,.0f/s, %,.0f µs of processor time each%n",
                round + 1,
                system.name(),
                jobs,
                rate.enqueue,
                rate.drain,
                rate.burned);
    }

    private Rate measure(JobSystem system, int jobs) {
        String database = Systems.database(system.name());
        system.clear();
        systems.settle(database);
        Duration enqueue = system.enqueue(jobs);
        systems.settle(database);
        Duration before = ProcessorTime.total();
        Duration drain = system.drain(jobs);
        Duration burned = ProcessorTime.total().minus(before);
        return new Rate(perSecond(jobs, enqueue), perSecond(jobs, drain), (double) burned.toNanos() / 1e3 / jobs);
    }

    static double perSecond(int jobs, Duration time) {
        return jobs * 1e9 / (double) time.toNanos();
    }

    private void report(List<JobSystem> measured) {
        String first = measured.get(0).name();
        out.printf(
                "%n| jobs/s, median of %d rounds (lowest to highest) | enqueue | ratio | drain | ratio | µs of processor time for each drained | ratio |%n|---|---|---|---|---|---|---|%n",
                options.rounds());
        for (JobSystem system : measured) {
            out.println("| " + system.name() + " |" + columns(enqueued, system.name(), first)
                    + columns(drained, system.name(), first)
                    + columns(burned, system.name(), first));
        }
        out.println("Ratios are medians of the pairs of each round: " + first
                + " divided by the other. Processor time is that of " + "database, worker and producer.");
    }

    private static String columns(Map<String, List<Double>> rates, String name, String first) {
        List<Double> own = rates.getOrDefault(name, List.of());
        double ratio = Figures.ratio(rates.getOrDefault(first, List.of()), own);
        return String.format(Locale.ROOT, " %s | %.2f |", Figures.spread(own), ratio);
    }
}
