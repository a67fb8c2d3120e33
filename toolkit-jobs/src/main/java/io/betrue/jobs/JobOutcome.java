package io.betrue.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface JobOutcome {
    /**
     * The job is done.
     *
     * @param result what it came to, as JSON, or {@code null}
     */
    record Succeeded(@Nullable String result) implements JobOutcome {}

    /**
     * The attempt failed and another follows; it counts.
     *
     * @param delay the wait, zero for at once
     * @param error what went wrong
     */
    record Retried(Duration delay, JobError error) implements JobOutcome {}

    /**
     * The job is put off; the attempt does not count.
     *
     * @param delay the wait, zero for at once
     */
    record Snoozed(Duration delay) implements JobOutcome {}

    /**
     * The job is dead: no attempt follows unless somebody asks for one.
     *
     * @param error what went wrong
     */
    record Died(JobError error) implements JobOutcome {}

    /**
     * The job was cancelled.
     *
     * @param reason why
     */
    record Cancelled(String reason) implements JobOutcome {}

    /** The job goes back as it was before the attempt, which does not count: it had been fetched and not started. */
    record Released() implements JobOutcome {}
}
