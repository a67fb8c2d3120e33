package io.betrue.benchmarks.jobs;

import java.io.IOException;
import java.io.PrintStream;

/** Measures libraries for background jobs, see {@code benchmarks/jobs}. */
final class JobsComparison {
    private JobsComparison() {}

    public static void main(String[] arguments) throws IOException {
        Options options = Options.of(arguments);
        PrintStream out = System.out;
        try (BenchmarkPostgres postgres = BenchmarkPostgres.start(options.folder());
                Systems systems = new Systems(postgres)) {
            out.println(Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version() + ", "
                    + postgres.describe());
            switch (options.mode()) {
                case "latency" -> new Latency(options, postgres, systems, out).run();
                case "idle" -> new Idle(options, postgres, systems, out).run();
                case "loaded" -> new Loaded(options, systems, out).run();
                case "storm" -> new Storm(options, postgres, systems, out).run();
                case "steady" -> new Steady(options, postgres, systems, out).run();
                default -> new Rates(options, systems, out).run();
            }
        }
    }
}
