package io.betrue.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A shell beside this JVM that kills a process and deletes a folder when the JVM ends, however it ends: it hears it by
 * the end of its input. Not safe for use by multiple threads.
 */
final class Watchdog implements AutoCloseable {
    /** Each line of the input is the process to kill; an empty one says that there is none. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            watched=
            while read -r next; do watched=$next; done
            if [ -n "$watched" ]; then kill -9 "$watched"; fi
            for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" && exit 0; sleep 0.2; done
            exit 1
            """;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final Process shell;

    private Watchdog(Path folder, Process shell) {
        this.folder = folder;
        this.shell = shell;
    }

    static Watchdog over(Path folder) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Watchdog(folder, shell);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void watch(Process process) {
        write(Long.toString(process.pid()));
    }

    /** To be called when the process has ended, before its number can be another's. */
    void forget() {
        write("");
    }

    private void write(String line) {
        OutputStream input = shell.getOutputStream();
        try {
            input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog over " + folder + " has ended", e);
        }
    }

    /** Has it do its work now. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Waiting.forEnd(shell, LIMIT) || shell.exitValue() != 0) {
            throw new IllegalStateException("the folder " + folder + " was not deleted");
        }
    }
}
