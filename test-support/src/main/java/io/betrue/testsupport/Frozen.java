package io.betrue.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a process that was sent SIGSTOP stands still: the signal stops all threads from when one of them takes it, and on a busy machine that one may wait for its turn while the others go on. Only Linux
 * tells.
 */
final class Frozen {
    private Frozen() {}

    static boolean is(long process) {
        Path threads = Path.of("/proc", Long.toString(process), "task");
        if (Files.notExists(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            List<Path> each = all.toList();
            for (Path thread : each) {
                if (!isStopped(Files.readString(thread.resolve("stat")))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // a thread has ended meanwhile
        }
    }

    /** {@return what stands behind the name, which may have spaces and brackets itself} */
    private static boolean isStopped(String stat) {
        int name = stat.lastIndexOf(')');
        return stat.startsWith(" T", name + 1) || stat.startsWith(" t", name + 1);
    }
}
