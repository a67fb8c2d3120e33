package io.betrue.localservers;

import java.nio.file.Path;
import java.util.List;

/** Sends signals that Java has no method for. Safe for use by multiple threads. */
public final class Signals {
    private Signals() {}

    /**
     * Sends a signal to a process.
     *
     * @param name without SIG, as in {@code INT} or {@code STOP}
     * @param process its number
     * @return whether it was sent; not where there is no such process, or it is another user's
     */
    public static boolean send(String name, long process) {
        // the shell's own kill: a machine may have no program of that name
        List<String> command = List.of("sh", "-c", "kill -\"$1\" \"$2\"", "sh", name, Long.toString(process));
        return Programs.run(Path.of("/"), command).succeeded();
    }
}
