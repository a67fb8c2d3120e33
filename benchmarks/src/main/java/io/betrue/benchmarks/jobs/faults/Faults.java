package io.betrue.benchmarks.jobs.faults;

import io.betrue.benchmarks.jobs.BenchmarkPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Does harm to workers and their database, and says what came of it, see {@code benchmarks/jobs-faults}. */
final class Faults {
    private Faults() {}

    public static void main(String[] arguments) throws IOException {
        FaultOptions options = FaultOptions.of(arguments);
        PrintStream out = System.out;
        List<String> failed = new ArrayList<>();
        for (String mode : options.modes()) {
            try (BenchmarkPostgres postgres = BenchmarkPostgres.start(options.folder());
                    Bench bench = new Bench(postgres, out)) {
                bench.say("%n%s: %s", mode, postgres.describe());
                run(mode, bench, options);
                if (!bench.isGood()) {
                    failed.add(mode);
                }
            } catch (IllegalStateException e) {
                out.println("  FAILS  " + e.getMessage());
                failed.add(mode);
            }
        }
        out.println(failed.isEmpty() ? "\nall hold" : "\nfailed: " + String.join(", ", failed));
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static void run(String mode, Bench bench, FaultOptions options) throws IOException {
        switch (mode) {
            case "kill" -> new KillFault(bench, options).run();
            case "stall" -> new StallFault(bench, options).run();
            case "clocks" -> new ClocksFault(bench, options).run();
            case "cron" -> new CronFault(bench, options).run();
            case "unique" -> new UniqueFault(bench, options).run();
            case "pooler" -> new PoolerFault(bench, options).run();
            default -> new OutageFault(bench, mode, options).run();
        }
    }
}
