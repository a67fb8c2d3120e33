package io.betrue.benchmarks.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How fast jobs that do nothing are queued, and how fast a queue of them is worked off. See {@code benchmarks/jobs}. */
final class JobsComparison {
    /** How many jobs a system of this process works on at the same time. */
    static final int WORKERS = 20;

    private static final List<String> SYSTEMS = List.of("db-scheduler", "jobrunr", "graphile-worker");
    private static final int WARM_UP = 5_000;

    private final Options options;
    private final PrintStream out;
    private final Map<String, List<Double>> rates = new TreeMap<>();

    private JobsComparison(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    private record Options(int jobs, int slowJobs, int rounds, List<String> systems, Path folder) {
        static Options of(String[] arguments) {
            int jobs = 100_000;
            int slowJobs = 10_000;
            int rounds = 3;
            List<String> systems = SYSTEMS;
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> {
                        jobs = 2_000;
                        slowJobs = 500;
                        rounds = 1;
                    }
                    case "--jobs" -> jobs = Integer.parseInt(arguments[++i]);
                    case "--slow-jobs" -> slowJobs = Integer.parseInt(arguments[++i]);
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--systems" -> systems = List.of(arguments[++i].split(","));
                    case "--folder" -> folder = Path.of(arguments[++i]);
                    default ->
                        throw new IllegalArgumentException(
                                arguments[i] + " is no option; the head of benchmarks/jobs names them all");
                }
            }
            return new Options(jobs, slowJobs, rounds, systems, folder);
        }
    }

    public static void main(String[] arguments) throws IOException {
        new JobsComparison(Options.of(arguments), System.out).run();
    }

    private void run() throws IOException {
        List<JobSystem> systems = new ArrayList<>();
        try (BenchmarkPostgres postgres = BenchmarkPostgres.start(options.folder)) {
            out.println(Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version() + ", "
                    + postgres.describe());
            try {
                for (String name : options.systems) {
                    postgres.execute("postgres", "create database " + database(name));
                    systems.add(open(name, postgres));
                }
                measure(systems, postgres);
            } finally {
                systems.forEach(JobSystem::close);
            }
        }
        report(systems);
    }

    private static String database(String name) {
        return name.replace('-', '_');
    }

    private static JobSystem open(String name, BenchmarkPostgres postgres) {
        String database = database(name);
        JobSystem system = switch (name) {
            case "db-scheduler" -> new DbSchedulerJobs(postgres.jdbcUrl(database));
            case "jobrunr" -> new JobRunrJobs(postgres.jdbcUrl(database));
            case "graphile-worker" -> new GraphileWorkerJobs(postgres.url(database));
            default -> throw new IllegalArgumentException(name + " is none of " + SYSTEMS);
        };
        system.setUp();
        return system;
    }

    /** Each round takes the systems in turn, each beginning one further on; a first round of a few jobs warms them up and does not count. */
    private void measure(List<JobSystem> systems, BenchmarkPostgres postgres) {
        for (int round = 0; round <= options.rounds; round++) {
            for (int i = 0; i < systems.size(); i++) {
                JobSystem system = systems.get((i + round) % systems.size());
                int jobs = system instanceof JobRunrJobs ? options.slowJobs : options.jobs;
                if (round == 0) {
                    measure(system, Math.min(jobs, system instanceof JobRunrJobs ? WARM_UP / 10 : WARM_UP), postgres);
                } else {
                    double[] rate = measure(system, jobs, postgres);
                    record(system.name() + " enqueue", rate[0]);
                    record(system.name() + " drain", rate[1]);
                    out.printf(
                            Locale.ROOT,
                            "round %d: %s, %,d jobs: enqueue %,.0f/s, drain %,.0f/s%n",
                            round,
                            system.name(),
                            jobs,
                            rate[0],
                            rate[1]);
                }
            }
        }
    }

    private void record(String what, double rate) {
        rates.computeIfAbsent(what, key -> new ArrayList<>()).add(rate);
    }

    /** Each measurement begins after a checkpoint, and the second with statistics of what is queued. */
    private static double[] measure(JobSystem system, int jobs, BenchmarkPostgres postgres) {
        system.clear();
        postgres.execute("postgres", "checkpoint");
        Duration enqueue = system.enqueue(jobs);
        postgres.execute(database(system.name().toLowerCase(Locale.ROOT)), "vacuum (analyze)");
        postgres.execute("postgres", "checkpoint");
        Duration drain = system.drain(jobs);
        return new double[] {jobs * 1e9 / (double) enqueue.toNanos(), jobs * 1e9 / (double) drain.toNanos()};
    }

    private void report(List<JobSystem> systems) {
        String first = systems.get(0).name();
        out.printf(
                "%n| jobs/s (median of %d rounds, lowest to highest) | enqueue | ratio | drain | ratio |%n|---|---|---|---|---|%n",
                options.rounds);
        for (JobSystem system : systems) {
            out.println("| " + system.name() + " | " + column(system.name(), first, "enqueue") + " | "
                    + column(system.name(), first, "drain") + " |");
        }
        out.println("A ratio is that to " + first + ", the median of the pairs of each round.");
    }

    private String column(String name, String first, String what) {
        List<Double> own = rates.getOrDefault(name + " " + what, List.of());
        List<Double> others = rates.getOrDefault(first + " " + what, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            ratios.add(own.get(i) / others.get(i));
        }
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f) | %.2f",
                median(own),
                own.stream().mapToDouble(rate -> rate).min().orElse(Double.NaN),
                own.stream().mapToDouble(rate -> rate).max().orElse(Double.NaN),
                median(ratios));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
