package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.Producer;
import io.nats.client.Connection;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs from the defaults. Not safe for use by multiple threads; read once. */
public final class NatsJobsConfig {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(300);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(15);
    private static final int MOST_REPLICAS = 5;
    private static final long MOST = 100_000_000;

    private Names names = new Names("jobs");
    private int replicas = 1;
    private long waiting = 1_000_000;
    private long delayed = 1_000_000;
    private long ended = 1_000_000;
    private Duration lease = Duration.ofSeconds(30);
    private final Map<JobState, Duration> keep = Limits.keptByDefault();
    private boolean schedules = true;
    private Duration alarmsFrom = Alarms.LEAST;
    private @Nullable ObjectMapper mapper;
    private OpenTelemetry telemetry = OpenTelemetry.noop();

    NatsJobsConfig() {}

    /**
     * Sets what the names of all streams and subjects begin with; {@code jobs} by default. Two namespaces know nothing of each other.
     *
     * @param name 1 to 32 lower-case letters, digits, {@code _} and {@code -} after a letter or digit
     * @return this
     * @throws IllegalArgumentException if the name has another shape
     */
    public NatsJobsConfig namespace(String name) {
        names = new Names(name);
        return this;
    }

    /**
     * Sets how many servers of a cluster keep each job; 1 by default, 3 is usual in a cluster. All who use a namespace must say the same.
     *
     * @param count 1 to 5
     * @return this
     * @throws IllegalArgumentException if the count is out of range
     */
    public NatsJobsConfig replicas(int count) {
        if (count < 1 || count > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas must be 1 to " + MOST_REPLICAS + ", was " + count);
        }
        replicas = count;
        return this;
    }

    /**
     * Sets how long the server waits for a sign of life of the worker that took a job before it gives the job to another; 30 seconds by default. At least
     * three times the heart-beat of the slowest worker. All who use a namespace must say the same.
     *
     * @param time 0.3 seconds to 15 minutes
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public NatsJobsConfig lease(Duration time) {
        if (time.compareTo(SHORTEST_LEASE) < 0 || time.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("lease must be 0.3 seconds to 15 minutes, was " + time);
        }
        lease = time;
        return this;
    }

    /**
     * Sets how many jobs may be due or run; 1,000,000 by default. More are refused.
     *
     * @param jobs 1 to 100,000,000
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public NatsJobsConfig mostWaiting(long jobs) {
        waiting = checked("mostWaiting", jobs);
        return this;
    }

    /**
     * Sets how many jobs may wait for their time, those between two attempts included; 1,000,000 by default. More are refused. One worker holds some 40
     * bytes for each.
     *
     * @param jobs 1 to 100,000,000
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public NatsJobsConfig mostDelayed(long jobs) {
        delayed = checked("mostDelayed", jobs);
        return this;
    }

    /**
     * Sets how many ended jobs are kept of each state, whatever their age; 1,000,000 by default. The oldest go first.
     *
     * @param jobs 1 to 100,000,000
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public NatsJobsConfig mostKept(long jobs) {
        ended = checked("mostKept", jobs);
        return this;
    }

    private static long checked(String what, long jobs) {
        if (jobs < 1 || jobs > MOST) {
            throw new IllegalArgumentException(what + " must be 1 to " + MOST + ", was " + jobs);
        }
        return jobs;
    }

    /**
     * Sets how long ended jobs are kept: by default a day when they succeeded, 7 days when they were cancelled, 30 days when they are dead.
     *
     * @param state {@link JobState#SUCCEEDED}, {@link JobState#CANCELLED} or {@link JobState#DEAD}
     * @param time zero for not at all; at most 10 years
     * @return this
     * @throws IllegalArgumentException if the state is another, or the time is out of range
     */
    public NatsJobsConfig keep(JobState state, Duration time) {
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
     * Sets whether the server's own message schedules say when delayed jobs are due, on servers that have them (2.12 and later); {@code true} by default. Then
     * any worker moves a job that waited for more than 10 seconds and is due; otherwise, and on earlier servers, one of them does, the leader. Those who use a namespace may say different things.
     *
     * @param used {@code false} to have the leader move all of them on all servers
     * @return this
     */
    public NatsJobsConfig messageSchedules(boolean used) {
        schedules = used;
        return this;
    }

    boolean messageSchedules() {
        return schedules;
    }

    /** Sets the shortest wait that the server tells of; tests do not wait as long. */
    NatsJobsConfig alarmsFrom(Duration least) {
        alarmsFrom = least;
        return this;
    }

    /** {@return the shortest wait that the server is to tell of, or null if it is to tell of none} */
    @Nullable
    Duration alarmsFrom() {
        return schedules ? alarmsFrom : null;
    }

    /**
     * Sets what writes and reads payloads. By default it knows records and {@code java.time}, and writes times as ISO 8601 text.
     *
     * @param custom the mapper; must not be changed afterwards
     * @return this
     */
    public NatsJobsConfig mapper(ObjectMapper custom) {
        mapper = Objects.requireNonNull(custom, "custom");
        return this;
    }

    /**
     * Makes a span for whatever is enqueued, which the jobs' own spans are linked to. Without it they are linked to the span that is current then.
     *
     * @param openTelemetry where spans go
     * @return this
     */
    public NatsJobsConfig openTelemetry(OpenTelemetry openTelemetry) {
        telemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
        return this;
    }

    /**
     * Takes over how the streams of the namespace are configured that are there: replicas, lease, bounds and how long jobs are kept. For tools, and for
     * processes that are to change nothing of it. Asks the server at once; {@link #namespace} comes before it.
     *
     * @param connection leads to the server
     * @return this
     * @throws io.betrue.jobs.JobException if there are no such streams, or the server does not answer
     */
    public NatsJobsConfig asFound(Connection connection) {
        Found.read(connection, names, this);
        return this;
    }

    ObjectMapper mapper() {
        return mapper == null ? JobCodec.defaultMapper() : mapper;
    }

    Producer producer() {
        return new Producer(telemetry);
    }

    Names names() {
        return names;
    }

    Limits limits() {
        return new Limits(replicas, waiting, delayed, ended, keep, lease);
    }
}
