package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server, or the program that makes its files, that outlived the process that started it, as after {@code kill -9}. */
final class Leftover {
    private static final Logger log = LoggerFactory.getLogger(Leftover.class);

    private Leftover() {}

    /**
     * Stops what still runs on a cluster. The caller holds the folder's lock, so nobody else needs them.
     *
     * <p>They are known by their command line: a server that has only just been launched has not written
     * {@code postmaster.pid} yet, and the number in an old one may belong to another program by now.
     */
    static void stop(Path cluster, Duration patience) throws IOException {
        List<ProcessHandle> servers = ProcessHandle.allProcesses()
                .filter(process -> isServerOf(cluster, process))
                .toList();
        for (ProcessHandle server : servers) {
            log.warn("PostgreSQL still runs as process {} from an earlier start; stopping it", server.pid());
            Postmaster.stop(server, patience);
        }
        // At a number that belongs to another program the server would refuse to start.
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    /** Also true for {@code setsid} and the like, which become the server. */
    private static boolean isServerOf(Path cluster, ProcessHandle process) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int option = arguments.indexOf("-D");
        return option >= 0 && arguments.subList(option, arguments.size()).indexOf(cluster.toString()) == 1;
    }
}
