package io.betrue.localservers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shell beside this JVM that ends a process, and may delete a folder, when the JVM ends, however it ends: it hears it by the end of its input. Not safe for use
 * by multiple threads.
 */
public final class Watchdog implements AutoCloseable {
    /** Each line of the input is the process to end; an empty one says that there is none. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            watched=
            while read -r next; do watched=$next; done
            if [ -n "$watched" ]; then kill -"$1" "$watched"; fi
            if [ -z "$2" ]; then exit 0; fi
            for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$2" && exit 0; sleep 0.2; done
            exit 1
            """;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final @Nullable Path folder;
    private final Process shell;

    private Watchdog(@Nullable Path folder, Process shell) {
        this.folder = folder;
        this.shell = shell;
    }

    /**
     * {@return one that kills the process}
     *
     * @param folder what it deletes then
     */
    public static Watchdog over(Path folder) {
        return sending("KILL", folder);
    }

    /**
     * {@return one that ends the process by a signal}
     *
     * @param signal without SIG, as in {@code KILL}
     * @param folder what it deletes then, or null
     */
    public static Watchdog sending(String signal, @Nullable Path folder) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", signal, Objects.toString(folder, ""))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Watchdog(folder, shell);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says which process is to be ended from now on.
     *
     * @param process its number
     */
    public void watch(long process) {
        write(Long.toString(process));
    }

    /** To be called when the process has ended, before its number can be another's. */
    public void forget() {
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
        if (!Programs.endsWithin(shell, LIMIT) || (folder != null && shell.exitValue() != 0)) {
            throw new IllegalStateException("the folder " + folder + " was not deleted");
        }
    }
}
