package io.betrue.jobs.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.internal.JobCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What differs from the defaults. Not safe for use by multiple threads; read once. */
public final class EventsConfig {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private EventsSchema schema = new EventsSchema("events");
    private Duration keep = Duration.ofDays(7);
    private @Nullable ObjectMapper mapper;
    private Consumer<WorkerConfig> worker = config -> {};

    EventsConfig() {}

    /**
     * Sets the schema that the tables are in; {@code events} by default. Queues and types of jobs begin with its name.
     *
     * @param name 1 to 48 lower-case letters, digits and {@code _}
     * @return this
     * @throws IllegalArgumentException if the name has another shape
     */
    public EventsConfig schema(String name) {
        schema = new EventsSchema(name);
        return this;
    }

    /**
     * Sets how long an event is kept that all consumers have had; 7 days by default. So long its id is known, and a new consumer can ask for it. What a
     * consumer has not had is kept whatever its age.
     *
     * @param time a minute to 3,650 days
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public EventsConfig keep(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("events must be kept for a minute to 3650 days, was " + time);
        }
        keep = time;
        return this;
    }

    /**
     * Sets what writes and reads events. By default it knows records and {@code java.time}, writes times as ISO 8601 text, and refuses unknown properties.
     *
     * @param custom the mapper; must not be changed afterwards
     * @return this
     */
    public EventsConfig mapper(ObjectMapper custom) {
        mapper = Objects.requireNonNull(custom, "custom");
        return this;
    }

    /**
     * Changes the worker that {@link Events#start} makes: its heart-beat, where its spans go.
     *
     * @param change is called when the worker is made
     * @return this
     */
    public EventsConfig worker(Consumer<WorkerConfig> change) {
        worker = Objects.requireNonNull(change, "change");
        return this;
    }

    EventsSchema schema() {
        return schema;
    }

    Duration keep() {
        return keep;
    }

    ObjectMapper mapper() {
        return mapper == null ? JobCodec.defaultMapper() : mapper;
    }

    Consumer<WorkerConfig> worker() {
        return worker;
    }
}
