package io.betrue.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A kind of job: its name, what it carries, and how it is treated unless a single job says otherwise. Whoever enqueues and whoever runs jobs share it.
 * <pre>{@code
 * static final JobType<Mail> MAIL = JobType.of("mail", Mail.class).retries(Backoff.exponential(ofSeconds(5), ofHours(1)), 20);
 * }</pre>
 * Two types are the same when their names are. Immutable: each method returns a changed copy. Safe for use by multiple threads.
 *
 * @param <P> what a job of this type carries; written as JSON by Jackson
 */
public final class JobType<P> {
    static final String DEFAULT_QUEUE = "default";
    private static final int DEFAULT_ATTEMPTS = 20;
    private static final int MOST_ATTEMPTS = 1_000;
    private static final int PRIORITY_SPAN = 100;
    private static final Backoff DEFAULT_BACKOFF = Backoff.exponential(Duration.ofSeconds(2), Duration.ofHours(1));
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(7);

    private record Treatment(String queue, int priority, int attempts, Backoff backoff, Duration timeout) {}

    private final String name;
    private final Class<P> payload;
    private final int version;
    private final Map<Integer, UnaryOperator<JsonNode>> upcasters;
    private final Treatment treatment;

    private JobType(
            String name,
            Class<P> payload,
            int version,
            Map<Integer, UnaryOperator<JsonNode>> upcasters,
            Treatment treatment) {
        this.name = name;
        this.payload = payload;
        this.version = version;
        this.upcasters = upcasters;
        this.treatment = treatment;
    }

    /**
     * Describes a kind of job, version 1, with 20 attempts, a backoff from 2 seconds to an hour, 30 minutes for an attempt, in the queue {@code default}
     * with priority 0.
     *
     * @param name what it is called for ever, in the store and in metrics: 1 to 100 letters, digits and {@code . _ : / -}
     * @param payload a record or class that Jackson writes and reads
     * @param <P> what a job carries
     * @return the type
     * @throws IllegalArgumentException if the name has another shape
     */
    public static <P> JobType<P> of(String name, Class<P> payload) {
        return new JobType<>(
                Names.check("job type", name),
                Objects.requireNonNull(payload, "payload"),
                1,
                Map.of(),
                new Treatment(DEFAULT_QUEUE, 0, DEFAULT_ATTEMPTS, DEFAULT_BACKOFF, DEFAULT_TIMEOUT));
    }

    /**
     * Raises the version by one and says how a payload of the version before becomes one of the new. Jobs that wait with an old payload are brought up
     * step by step when they run; jobs of a newer version than a worker knows fail, and wait for a newer worker.
     *
     * @param upcaster makes the new payload from the old; may change and return its argument
     * @return a copy of the next version
     */
    public JobType<P> upcast(UnaryOperator<JsonNode> upcaster) {
        Map<Integer, UnaryOperator<JsonNode>> more = new TreeMap<>(upcasters);
        more.put(version, Objects.requireNonNull(upcaster, "upcaster"));
        return new JobType<>(name, payload, version + 1, Map.copyOf(more), treatment);
    }

    /**
     * Sets how often, and after which waits, a failing job is tried.
     *
     * @param backoff the waits
     * @param attempts all attempts, the first included, 1 to 1,000; after the last the job is dead
     * @return a changed copy
     * @throws IllegalArgumentException if {@code attempts} is out of range
     */
    public JobType<P> retries(Backoff backoff, int attempts) {
        Objects.requireNonNull(backoff, "backoff");
        return with(new Treatment(
                treatment.queue, treatment.priority, checkAttempts(attempts), backoff, treatment.timeout));
    }

    /**
     * Sets how long one attempt may take. When it is over the handler is interrupted and the attempt has failed.
     *
     * @param timeout longer than zero, at most 7 days
     * @return a changed copy
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public JobType<P> timeout(Duration timeout) {
        return with(new Treatment(
                treatment.queue, treatment.priority, treatment.attempts, treatment.backoff, checkTimeout(timeout)));
    }

    /**
     * Sets where jobs of this type wait.
     *
     * @param queue 1 to 100 letters, digits and {@code . _ : / -}
     * @return a changed copy
     * @throws IllegalArgumentException if the name has another shape
     */
    public JobType<P> queue(String queue) {
        return with(new Treatment(
                Names.check("queue", queue),
                treatment.priority,
                treatment.attempts,
                treatment.backoff,
                treatment.timeout));
    }

    /**
     * Sets which jobs of a queue go first.
     *
     * @param priority -100 to 100; the higher goes first, equal ones in the order they came
     * @return a changed copy
     * @throws IllegalArgumentException if {@code priority} is out of range
     */
    public JobType<P> priority(int priority) {
        return with(new Treatment(
                treatment.queue, checkPriority(priority), treatment.attempts, treatment.backoff, treatment.timeout));
    }

    private JobType<P> with(Treatment changed) {
        return new JobType<>(name, payload, version, upcasters, changed);
    }

    static int checkAttempts(int attempts) {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to " + MOST_ATTEMPTS + ", was " + attempts);
        }
        return attempts;
    }

    static int checkPriority(int priority) {
        if (Math.abs(priority) > PRIORITY_SPAN) {
            throw new IllegalArgumentException("priority must be -100 to 100, was " + priority);
        }
        return priority;
    }

    static Duration checkTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be more than zero and at most 7 days, was " + timeout);
        }
        return timeout;
    }

    /** {@return what it is called} */
    public String name() {
        return name;
    }

    /** {@return what a job carries} */
    public Class<P> payload() {
        return payload;
    }

    /** {@return the version of the payload, from 1} */
    public int version() {
        return version;
    }

    /** {@return how payloads of older versions become newer, by the version they come from; unmodifiable} */
    public Map<Integer, UnaryOperator<JsonNode>> upcasters() {
        return upcasters;
    }

    /** {@return where its jobs wait} */
    public String queue() {
        return treatment.queue;
    }

    /** {@return which of its queue go first, -100 to 100, the higher first} */
    public int priority() {
        return treatment.priority;
    }

    /** {@return all attempts, the first included} */
    public int attempts() {
        return treatment.attempts;
    }

    /** {@return the waits between attempts} */
    public Backoff backoff() {
        return treatment.backoff;
    }

    /** {@return how long one attempt may take} */
    public Duration timeout() {
        return treatment.timeout;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobType<?> type && type.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
