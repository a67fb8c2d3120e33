package io.betrue.examples.monolith.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs short programs of the operating system. */
final class Programs {
    private static final int LONGEST_SECONDS = 120;

    /**
     * What a program said.
     *
     * @param status its exit status, zero when all is well
     * @param output what it wrote, errors included
     */
    record Outcome(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    private Programs() {}

    /** Runs a program to its end; one that cannot be started has status 127, as in a shell. */
    static Outcome run(Path directory, List<String> command) {
        try {
            Process process =
                    builder(directory, command).redirectErrorStream(true).start();
            CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while waiting for " + command.get(0), e);
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

    /** Sends a signal that Java has no method for. */
    static void signal(String name, long pid) {
        run(Path.of("/"), List.of("sh", "-c", "kill -" + name + " " + pid));
    }
}
