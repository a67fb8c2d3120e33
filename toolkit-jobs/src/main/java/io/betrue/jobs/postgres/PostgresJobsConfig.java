package io.betrue.jobs.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.Producer;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs from the defaults. Not safe for use by multiple threads; read once. */
public final class PostgresJobsConfig {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Schema schema = new Schema("jobs");
    private final Map<JobState, Duration> keep = Keep.defaults();
    private boolean listens = true;
    private @Nullable DataSource listenOn;
    private @Nullable ObjectMapper mapper;
    private OpenTelemetry telemetry = OpenTelemetry.noop();

    PostgresJobsConfig() {}

    /**
     * Sets the schema that the tables are in; {@code jobs} by default.
     *
     * @param name 1 to 48 lower-case letters, digits and {@code _}
     * @return this
     * @throws IllegalArgumentException if the name has another shape
     */
    public PostgresJobsConfig schema(String name) {
        schema = new Schema(name);
        return this;
    }

    /**
     * Lets workers listen for notifications on a connection from elsewhere. By default it comes from the data source of the jobs; behind a pooler that
     * shares connections between transactions, as PgBouncer does in transaction mode, it must lead to the database itself.
     *
     * @param dataSource gives one connection, which is held as long as a worker runs; stays the caller's to close
     * @return this
     */
    public PostgresJobsConfig listenOn(DataSource dataSource) {
        listens = true;
        listenOn = Objects.requireNonNull(dataSource, "dataSource");
        return this;
    }

    /**
     * Lets workers not listen: they find jobs of other processes, and of the caller's transactions, when they poll.
     *
     * @return this
     */
    public PostgresJobsConfig pollOnly() {
        listens = false;
        listenOn = null;
        return this;
    }

    /**
     * Sets how long ended jobs are kept: by default a day when they succeeded, 7 days when they were cancelled, 30 days when they are dead.
     *
     * @param state {@link JobState#SUCCEEDED}, {@link JobState#CANCELLED} or {@link JobState#DEAD}
     * @param time zero for not at all; at most 10 years
     * @return this
     * @throws IllegalArgumentException if the state is another, or the time is out of range
     */
    public PostgresJobsConfig keep(JobState state, Duration time) {
        if (!state.isFinished()) {
            throw new IllegalArgumentException(
                    "only SUCCEEDED, CANCELLED and DEAD jobs are kept for a time, was " + state);
        }
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(state + " jobs must be kept for 0 to 3650 days, was " + time);
        }
        keep.put(state, time);
        return this;
    }

    /**
     * Sets what writes and reads payloads. By default it knows records and {@code java.time}, and writes times as ISO 8601 text.
     *
     * @param custom the mapper; must not be changed afterwards
     * @return this
     */
    public PostgresJobsConfig mapper(ObjectMapper custom) {
        mapper = Objects.requireNonNull(custom, "custom");
        return this;
    }

    /**
     * Makes a span for whatever is enqueued, which the jobs' own spans are linked to. Without it they are linked to the span that is current then.
     *
     * @param openTelemetry where spans go
     * @return this
     */
    public PostgresJobsConfig openTelemetry(OpenTelemetry openTelemetry) {
        telemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
        return this;
    }

    ObjectMapper mapper() {
        return mapper == null ? JobCodec.defaultMapper() : mapper;
    }

    Producer producer() {
        return new Producer(telemetry);
    }

    PostgresStore store(DataSource dataSource) {
        DataSource listenSource = listenOn == null ? dataSource : listenOn;
        return new PostgresStore(dataSource, schema, new Keep(keep), listens ? listenSource : null);
    }
}
