package io.betrue.commands.hub.nats;

import io.betrue.commands.hub.HistoryLimits;
import java.time.Duration;

/**
 * What can be chosen about a {@link NatsBroadcaster}; the same for all nodes. It is used while the broadcaster is made and then forgotten. Not safe for use by multiple
 * threads.
 */
public final class NatsBroadcasterConfig {
    private static final long LEAST_BYTES = 1L << 20;
    private static final int MOST_REPLICAS = 5;

    String namespace = "betrue";
    HistoryLimits limits = HistoryLimits.DEFAULT;
    long maxBytes = 256L * 1024 * 1024;
    int replicas = 1;
    boolean onDisk;
    Duration timeout = Duration.ofSeconds(2);

    NatsBroadcasterConfig() {}

    /**
     * Sets what the names of the stream and of all subjects begin with; the default is {@code betrue}.
     *
     * @param name 1 to 50 letters, digits, {@code _} and {@code -}
     * @return this configuration
     */
    public NatsBroadcasterConfig namespace(String name) {
        namespace = name;
        return this;
    }

    /**
     * Sets how much is kept of each room.
     *
     * @param history the limits
     * @return this configuration
     */
    public NatsBroadcasterConfig limits(HistoryLimits history) {
        limits = history;
        return this;
    }

    /**
     * Sets how many bytes the stream may have; what is oldest goes first, over all rooms. The default is 256 MiB.
     *
     * @param bytes at least 1 MiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsBroadcasterConfig maxBytes(long bytes) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("bytes of the stream must be 1 MiB at least, was " + bytes);
        }
        maxBytes = bytes;
        return this;
    }

    /**
     * Sets on how many servers of a cluster the stream is; the default is 1.
     *
     * @param count 1 to 5
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsBroadcasterConfig replicas(int count) {
        if (count < 1 || count > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas must be 1.." + MOST_REPLICAS + ", was " + count);
        }
        replicas = count;
        return this;
    }

    /**
     * Has the server keep the stream on disk, so that its restart loses nothing; by default it is in its memory, and after a restart nobody is recovered.
     *
     * @return this configuration
     */
    public NatsBroadcasterConfig onDisk() {
        onDisk = true;
        return this;
    }

    /**
     * Sets how long the server may take to answer; the default is 2 seconds.
     *
     * @param limit 10 milliseconds to a minute
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsBroadcasterConfig timeout(Duration limit) {
        if (limit.toMillis() < 10 || limit.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("timeout must be 10 milliseconds to a minute, was " + limit);
        }
        timeout = limit;
        return this;
    }
}
