package io.betrue.examples.monolith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that outlived the process that started it, as after {@code kill -9}. */
final class Leftover {
    private static final Logger log = LoggerFactory.getLogger(Leftover.class);

    private Leftover() {}

    /**
     * Stops the server that still runs on a cluster, if there is one. The caller holds the folder's lock, so nobody
     * else needs that server.
     */
    static void stop(Path cluster, Duration patience) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> server = lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(Leftover::isServer);
        if (server.isPresent()) {
            log.warn(
                    "PostgreSQL still runs as process {} from an earlier start; stopping it",
                    server.get().pid());
            Postmaster.stop(server.get(), patience);
        }
        // The number may belong to another program by now, at which the server would refuse to start.
        Files.deleteIfExists(pidFile);
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .command()
                .filter(name -> name.endsWith("/postgres"))
                .isPresent();
    }
}
