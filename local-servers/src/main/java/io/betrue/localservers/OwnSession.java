package io.betrue.localservers;

import java.nio.file.Path;
import java.util.List;

/** Keeps a terminal's Ctrl-C, which goes to every process of the terminal's session, from a server that must outlive others. */
public final class OwnSession {
    private OwnSession() {}

    /** {@return what to put before a command so that it has a session of its own; nothing where there is no {@code setsid}, as on macOS} */
    public static List<String> prefix() {
        return Programs.run(Path.of("/"), List.of("setsid", "true")).succeeded() ? List.of("setsid") : List.of();
    }
}
