package io.betrue.benchmarks.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param mode what is measured
 * @param jobs how many jobs a queue has
 * @param slowJobs the same for a slow system
 * @param rounds how often
 * @param systems their names
 * @param seconds how long a steady load lasts
 * @param folder where the database's folder is made
 */
record Options(String mode, int jobs, int slowJobs, int rounds, List<String> systems, int seconds, Path folder) {
    static final List<String> MODES = List.of("rates", "latency", "idle", "loaded", "storm", "steady");

    static Options of(String[] arguments) {
        String mode = "rates";
        int jobs = 100_000;
        int slowJobs = 10_000;
        int rounds = 3;
        int seconds = 600;
        List<String> systems = new ArrayList<>();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (MODES.contains(argument)) {
                mode = argument;
                continue;
            }
            if (argument.equals("--quick")) {
                jobs = 2_000;
                slowJobs = 500;
                rounds = 1;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        argument + " is no option, or lacks a value; the head of benchmarks/jobs names them all");
            }
            String value = arguments[++i];
            switch (argument) {
                case "--jobs" -> jobs = Integer.parseInt(value);
                case "--slow-jobs" -> slowJobs = Integer.parseInt(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--systems" -> systems.addAll(List.of(value.split(",")));
                case "--folder" -> folder = Path.of(value);
                default ->
                    throw new IllegalArgumentException(
                            argument + " is no option; the head of benchmarks/jobs names them all");
            }
        }
        return new Options(mode, jobs, slowJobs, rounds, systems, seconds, folder);
    }

    int jobsOf(JobSystem system) {
        return system.isSlow() ? slowJobs : jobs;
    }
}
