package io.betrue.localservers;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an embedded server runs.
 *
 * @param folder holds everything of the server; created where it is missing
 * @param port the TCP port on 127.0.0.1, 1 to 65535; zero means any free one
 * @param kept whether the data outlives this process; if not, the server trades safety for speed and the folder is
 *     deleted at the end
 * @param patience how long a start and a stop may take, each
 */
public record EmbeddedPostgresOptions(Path folder, int port, boolean kept, Duration patience) {
    /** Checks the port. */
    public EmbeddedPostgresOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
    }
}
