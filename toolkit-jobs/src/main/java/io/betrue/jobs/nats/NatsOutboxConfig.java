package io.betrue.jobs.nats;

import java.time.Duration;

/** What differs from the defaults. Not safe for use by multiple threads; read once. */
public final class NatsOutboxConfig {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private OutboxSchema schema = new OutboxSchema("jobs_outbox");
    private Duration poll = Duration.ofMillis(200);

    NatsOutboxConfig() {}

    /**
     * Sets the schema that the tables are in; {@code jobs_outbox} by default.
     *
     * @param name 1 to 48 lower-case letters, digits and {@code _}
     * @return this
     * @throws IllegalArgumentException if the name has another shape
     */
    public NatsOutboxConfig schema(String name) {
        schema = new OutboxSchema(name);
        return this;
    }

    /**
     * Sets how often the relay looks for jobs that other processes wrote; 200 ms by default. Those of its own process it finds within some milliseconds of
     * their commit, since it looks often for a while after each.
     *
     * @param interval 10 ms to a minute
     * @return this
     * @throws IllegalArgumentException if the interval is out of range
     */
    public NatsOutboxConfig poll(Duration interval) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("poll must be 10 ms to a minute, was " + interval);
        }
        poll = interval;
        return this;
    }

    OutboxSchema schema() {
        return schema;
    }

    Duration poll() {
        return poll;
    }
}
