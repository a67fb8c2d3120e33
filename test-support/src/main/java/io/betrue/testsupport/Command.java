package io.betrue.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program that is run to its end, and what it said. */
final class Command {
    private Command() {}

    /**
     * How a program ended.
     *
     * @param exit 0 where it did its work; 124 where it did not end in time and was killed
     * @param output what it wrote to its output and its errors, without space around it
     */
    record Result(int exit, String output) {
        boolean isGood() {
            return exit == 0;
        }
    }

    /** @throws UncheckedIOException if there is no such program, or the folder cannot be written to */
    static Result run(Path folder, Duration limit, String... command) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            int exit = waitFor(process, limit);
            return new Result(exit, Files.readString(output).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int waitFor(Process process, Duration limit) {
        if (Waiting.forEnd(process, limit)) {
            return process.exitValue();
        }
        process.destroyForcibly();
        return 124;
    }
}
