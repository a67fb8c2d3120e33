package io.betrue.jobs;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list: all that match everything said, the newest first. Immutable: each method returns a changed copy.
 */
public final class JobQuery {
    private static final int MOST = 1_000;
    private static final JobQuery ALL =
            new JobQuery(EnumSet.allOf(JobState.class), null, null, null, Long.MAX_VALUE, 50);

    private final Set<JobState> states;
    private final @Nullable String type;
    private final @Nullable String queue;
    private final @Nullable String tag;
    private final long before;
    private final int limit;

    private JobQuery(
            Set<JobState> states,
            @Nullable String type,
            @Nullable String queue,
            @Nullable String tag,
            long before,
            int limit) {
        this.states = states;
        this.type = type;
        this.queue = queue;
        this.tag = tag;
        this.before = before;
        this.limit = limit;
    }

    /** {@return a query for the newest 50 jobs of all states} */
    public static JobQuery all() {
        return ALL;
    }

    /**
     * Restricts the states.
     *
     * @param first a state
     * @param others more
     * @return a changed copy
     */
    public JobQuery states(JobState first, JobState... others) {
        return new JobQuery(EnumSet.of(first, others), type, queue, tag, before, limit);
    }

    /**
     * Restricts the type.
     *
     * @param name the name of a type
     * @return a changed copy
     */
    public JobQuery type(String name) {
        return new JobQuery(states, Objects.requireNonNull(name, "name"), queue, tag, before, limit);
    }

    /**
     * Restricts the queue.
     *
     * @param name the name of a queue
     * @return a changed copy
     */
    public JobQuery queue(String name) {
        return new JobQuery(states, type, Objects.requireNonNull(name, "name"), tag, before, limit);
    }

    /**
     * Restricts to jobs with a tag.
     *
     * @param wanted the tag
     * @return a changed copy
     */
    public JobQuery tag(String wanted) {
        return new JobQuery(states, type, queue, Objects.requireNonNull(wanted, "wanted"), before, limit);
    }

    /**
     * Goes on after the last job of the page before.
     *
     * @param id only jobs with a smaller number are listed
     * @return a changed copy
     */
    public JobQuery before(long id) {
        return new JobQuery(states, type, queue, tag, id, limit);
    }

    /**
     * Sets the size of the page.
     *
     * @param most 1 to 1,000; 50 by default
     * @return a changed copy
     * @throws IllegalArgumentException if {@code most} is out of range
     */
    public JobQuery limit(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", was " + most);
        }
        return new JobQuery(states, type, queue, tag, before, most);
    }

    /** {@return the states asked for} */
    public Set<JobState> states() {
        return EnumSet.copyOf(states);
    }

    /** {@return the type asked for, or empty} */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** {@return the queue asked for, or empty} */
    public Optional<String> queue() {
        return Optional.ofNullable(queue);
    }

    /** {@return the tag asked for, or empty} */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** {@return the number that all listed ones are below} */
    public long before() {
        return before;
    }

    /** {@return the most that is listed} */
    public int limit() {
        return limit;
    }
}
