package io.betrue.localservers;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a local NATS server runs.
 *
 * @param folder holds everything of the server; created where it is missing
 * @param port the TCP port on 127.0.0.1, 1 to 65535; zero means any free one
 * @param kept whether the folder outlives this process
 * @param patience how long a start and a stop may take, each
 */
public record LocalNatsOptions(Path folder, int port, boolean kept, Duration patience) {
    /** Checks the port. */
    public LocalNatsOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
        folder = folder.toAbsolutePath().normalize();
    }
}
