package io.betrue.benchmarks.jobs.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param modes which faults, one after the other
 * @param quick whether small sizes do
 * @param seed of what is random
 * @param folder where the database's folder is made
 */
record FaultOptions(List<String> modes, boolean quick, long seed, Path folder) {
    static final List<String> MODES =
            List.of("kill", "stall", "outage", "crash", "cut", "clocks", "cron", "unique", "pooler");

    static FaultOptions of(String[] arguments) {
        List<String> modes = new ArrayList<>();
        boolean quick = false;
        long seed = 1;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (MODES.contains(argument)) {
                modes.add(argument);
            } else if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.equals("--seed") && i + 1 < arguments.length) {
                seed = Long.parseLong(arguments[++i]);
            } else if (argument.equals("--folder") && i + 1 < arguments.length) {
                folder = Path.of(arguments[++i]);
            } else {
                throw new IllegalArgumentException(argument
                        + " is no option, or lacks a value; the head of benchmarks/jobs-faults names them all");
            }
        }
        return new FaultOptions(modes.isEmpty() ? MODES : List.copyOf(modes), quick, seed, folder);
    }
}
