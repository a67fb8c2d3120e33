package io.betrue.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short programs of the operating system. */
final class Programs {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MISSING = 127; // as in a shell
    private static final int LATE = 124; // as timeout(1) has it

    /**
     * What a program said.
     *
     * @param status its exit status, zero when all is well; 127 where there is no such program; 124 where it did not end in time and was killed
     * @param output what it wrote, errors included, without space around it
     */
    record Outcome(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    private Programs() {}

    /** Runs a program to its end, for two minutes at most. */
    static Outcome run(Path directory, List<String> command) {
        return run(directory, LIMIT, command);
    }

    /** Runs a program to its end. Its output goes to a file, so that whoever it leaves behind keeps nobody waiting. */
    static Outcome run(Path directory, Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile("betrue-output-", ".txt");
            try {
                return run(builder(directory, command), limit, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(ProcessBuilder builder, Duration limit, Path output) throws IOException {
        Process process;
        try {
            process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return new Outcome(MISSING, String.valueOf(e.getMessage()));
        }
        process.getOutputStream().close();
        int status = LATE;
        if (endsWithin(process, limit)) {
            status = process.exitValue();
        } else {
            process.destroyForcibly();
        }
        return new Outcome(status, Files.readString(output).strip());
    }

    /** {@return whether it ended in time; an interrupt ends the wait, and is kept} */
    static boolean endsWithin(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static ProcessBuilder builder(Path directory, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PG")); // PGPORT, PGDATA: somebody else's server
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
