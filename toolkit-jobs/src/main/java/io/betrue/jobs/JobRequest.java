package io.betrue.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job to be handed in, with what differs from its type.
 * <pre>{@code
 * jobs.enqueue(JobRequest.of(MAIL, mail).in(ofMinutes(10)).uniqueKey("welcome:" + account).tags("welcome"));
 * }</pre>
 * Immutable: each method returns a changed copy. Safe for use by multiple threads.
 *
 * @param <P> what the job carries
 */
public final class JobRequest<P> {
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_KEY = 500;

    private final JobType<P> type;
    private final P payload;
    private @Nullable Duration delay;
    private @Nullable Instant runAt;
    private @Nullable String uniqueKey;
    private @Nullable Duration uniqueFor;
    private List<String> tags = List.of();

    private JobRequest(JobType<P> type, P payload) {
        this.type = type;
        this.payload = payload;
    }

    private JobRequest(JobRequest<P> other, JobType<P> type) {
        this(type, other.payload);
        this.delay = other.delay;
        this.runAt = other.runAt;
        this.uniqueKey = other.uniqueKey;
        this.uniqueFor = other.uniqueFor;
        this.tags = other.tags;
    }

    /**
     * Asks for a job that is treated as its type says, at once.
     *
     * @param type the kind of job
     * @param payload what it carries
     * @param <P> what it carries
     * @return the request
     */
    public static <P> JobRequest<P> of(JobType<P> type, P payload) {
        return new JobRequest<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(payload, "payload"));
    }

    /**
     * Lets the job wait, counted by the store's clock.
     *
     * @param delay the wait from now; zero or less means at once
     * @return a changed copy
     */
    public JobRequest<P> in(Duration delay) {
        JobRequest<P> copy = new JobRequest<>(this, type);
        copy.delay = Objects.requireNonNull(delay, "delay");
        copy.runAt = null;
        return copy;
    }

    /**
     * Lets the job wait for a time, told by the store's clock.
     *
     * @param time when it may start; a time gone by means at once
     * @return a changed copy
     */
    public JobRequest<P> at(Instant time) {
        JobRequest<P> copy = new JobRequest<>(this, type);
        copy.runAt = Objects.requireNonNull(time, "time");
        copy.delay = null;
        return copy;
    }

    /**
     * Enqueues nothing when a job of the same type and key waits or runs already; the answer then names that job.
     *
     * @param key 1 to 500 characters
     * @return a changed copy
     * @throws IllegalArgumentException if the key is empty or longer
     */
    public JobRequest<P> uniqueKey(String key) {
        JobRequest<P> copy = new JobRequest<>(this, type);
        copy.uniqueKey = checkKey(key);
        copy.uniqueFor = null;
        return copy;
    }

    /**
     * Enqueues nothing when a job of the same type and key was enqueued not longer ago than a period, whatever became of it; the answer then names that
     * job.
     *
     * @param key 1 to 500 characters
     * @param period counted from when the first job was enqueued, by the store's clock; longer than zero
     * @return a changed copy
     * @throws IllegalArgumentException if the key is empty or longer, or the period is not longer than zero
     */
    public JobRequest<P> uniqueKey(String key, Duration period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("period must be longer than zero, was " + period);
        }
        JobRequest<P> copy = uniqueKey(key);
        copy.uniqueFor = period;
        return copy;
    }

    /**
     * Marks the job, so that it can be found.
     *
     * @param tags at most 20, each 1 to 100 letters, digits and {@code . _ : / -}
     * @return a changed copy
     * @throws IllegalArgumentException if a tag has another shape, or there are too many
     */
    public JobRequest<P> tags(String... tags) {
        if (tags.length > MOST_TAGS) {
            throw new IllegalArgumentException("a job has at most " + MOST_TAGS + " tags, was " + tags.length);
        }
        for (String tag : tags) {
            Names.check("tag", tag);
        }
        JobRequest<P> copy = new JobRequest<>(this, type);
        copy.tags = List.of(tags);
        return copy;
    }

    /**
     * Puts the job into another queue than its type's.
     *
     * @param queue 1 to 100 letters, digits and {@code . _ : / -}
     * @return a changed copy
     * @throws IllegalArgumentException if the name has another shape
     */
    public JobRequest<P> queue(String queue) {
        return new JobRequest<>(this, type.queue(queue));
    }

    /**
     * Gives the job another priority than its type's.
     *
     * @param priority -100 to 100, the higher first
     * @return a changed copy
     * @throws IllegalArgumentException if {@code priority} is out of range
     */
    public JobRequest<P> priority(int priority) {
        return new JobRequest<>(this, type.priority(priority));
    }

    /**
     * Gives the job another number of attempts than its type's; the waits stay the type's.
     *
     * @param attempts all attempts, the first included, 1 to 1,000
     * @return a changed copy
     * @throws IllegalArgumentException if {@code attempts} is out of range
     */
    public JobRequest<P> attempts(int attempts) {
        return new JobRequest<>(this, type.retries(type.backoff(), attempts));
    }

    /**
     * Gives an attempt another time limit than its type's.
     *
     * @param timeout longer than zero, at most 7 days
     * @return a changed copy
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public JobRequest<P> timeout(Duration timeout) {
        return new JobRequest<>(this, type.timeout(timeout));
    }

    private static String checkKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "unique key must have 1 to " + LONGEST_KEY + " characters, had " + key.length());
        }
        return key;
    }

    /** {@return the type, with this job's queue, priority, attempts and timeout} */
    public JobType<P> type() {
        return type;
    }

    /** {@return what the job carries} */
    public P payload() {
        return payload;
    }

    /** {@return the wait asked for, or empty} */
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }

    /** {@return the time asked for, or empty} */
    public Optional<Instant> runAt() {
        return Optional.ofNullable(runAt);
    }

    /** {@return the unique key, or empty} */
    public Optional<String> uniqueKey() {
        return Optional.ofNullable(uniqueKey);
    }

    /** {@return how long the key stays taken, or empty for as long as the job waits or runs} */
    public Optional<Duration> uniqueFor() {
        return Optional.ofNullable(uniqueFor);
    }

    /** {@return the tags; unmodifiable} */
    public List<String> tags() {
        return tags;
    }
}
