package io.betrue.commands.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about a {@link Hub}. It is used while the hub is made and then forgotten. Not safe for use by multiple threads.
 */
public final class HubConfig {
    private static final int MOST = 1_000_000;
    private static final int MOST_DATA = 512 * 1024;
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(50);
    private static final Duration LONGEST_BEAT = Duration.ofMinutes(1);

    @Nullable
    Broadcaster broadcaster;

    ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    Duration heartbeat = Duration.ofSeconds(1);
    int maxRooms = 10_000;
    int maxRoomsPerConnection = 128;
    int maxData = 64 * 1024;
    int presenceLimit = 100;
    long historyBytes = 64L * 1024 * 1024;
    OpenTelemetry telemetry = OpenTelemetry.noop();

    HubConfig() {}

    /**
     * Sets what joins this hub to those of other nodes; it is not closed with the hub. By default there is one for this hub alone, in memory.
     *
     * @param shared the broadcaster
     * @return this configuration
     */
    public HubConfig broadcaster(Broadcaster shared) {
        broadcaster = shared;
        return this;
    }

    /**
     * Sets what writes the data of events. The default knows records and {@code java.time}, and writes times as ISO 8601 text.
     *
     * @param custom the mapper, which nobody changes from now on
     * @return this configuration
     */
    public HubConfig mapper(ObjectMapper custom) {
        mapper = custom;
        return this;
    }

    /**
     * Sets how often nodes say that they are alive; the default is a second. A node that is silent for four times as long is dead, and who was connected there is in no
     * room any more. It is also how long {@link Hub#presence} waits for answers.
     *
     * @param every 50 milliseconds to a minute
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig heartbeat(Duration every) {
        if (every.compareTo(SHORTEST_BEAT) < 0 || every.compareTo(LONGEST_BEAT) > 0) {
            throw new IllegalArgumentException("heartbeat must be 50 milliseconds to a minute, was " + every);
        }
        heartbeat = every;
        return this;
    }

    /**
     * Sets how many rooms may be open on this node at once, those counted that somebody left within the last 30 seconds; whoever asks for one more is told UNAVAILABLE.
     * The default is 10,000.
     *
     * @param most 1 to a million
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig maxRooms(int most) {
        maxRooms = checked("rooms", most, MOST);
        return this;
    }

    /**
     * Sets in how many rooms one connection may be; whoever asks for one more is told CONFLICT. The default is 128.
     *
     * @param most 1 to 10,000
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig maxRoomsPerConnection(int most) {
        maxRoomsPerConnection = checked("rooms of a connection", most, 10_000);
        return this;
    }

    /**
     * Sets how many bytes the JSON of an event's data may have; the default is 64 KiB.
     *
     * @param bytes 1 to 512 KiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig maxData(int bytes) {
        maxData = checked("bytes of data", bytes, MOST_DATA);
        return this;
    }

    /**
     * Sets how many connections {@link Presence#members()} lists at most; the default is 100.
     *
     * @param most 1 to 1,000
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig presenceLimit(int most) {
        presenceLimit = checked("listed members", most, 1_000);
        return this;
    }

    /**
     * Sets how many bytes the histories of all rooms may take on this node; what is beyond is forgotten where messages come in. The default is 64 MiB.
     *
     * @param bytes 1 MiB to 16 GiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HubConfig historyBytes(long bytes) {
        if (bytes < 1L << 20 || bytes > 1L << 34) {
            throw new IllegalArgumentException("bytes of history must be 1 MiB to 16 GiB, was " + bytes);
        }
        historyBytes = bytes;
        return this;
    }

    /**
     * Reports spans and metrics: a span where an event is sent and, in the same trace, one on each node that gives it to connections; how many events, connections and rooms there are. The
     * trace travels with the event between hubs, and not to clients.
     *
     * @param openTelemetry where to; nowhere by default
     * @return this configuration
     */
    public HubConfig telemetry(OpenTelemetry openTelemetry) {
        telemetry = openTelemetry;
        return this;
    }

    private static int checked(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("number of " + what + " must be 1.." + most + ", was " + value);
        }
        return value;
    }
}
