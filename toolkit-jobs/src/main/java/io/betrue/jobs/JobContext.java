package io.betrue.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a job, as its handler sees it. Valid while the handler runs; what is said later is ignored. Safe for use by multiple threads.
 */
public interface JobContext {
    /** {@return the job's number} */
    long id();

    /** {@return the name of the job's type} */
    String type();

    /** {@return the queue it came from} */
    String queue();

    /** {@return which attempt this is, from 1; snoozes do not count} */
    int attempt();

    /** {@return how many attempts there may be} */
    int attempts();

    /** {@return whether the job is dead when this attempt fails} */
    default boolean isLastAttempt() {
        return attempt() >= attempts();
    }

    /** {@return when it was handed in, by the store's clock} */
    Instant enqueuedAt();

    /** {@return its tags; unmodifiable} */
    List<String> tags();

    /**
     * {@return which claim this is: rises with each, never falls; a number to fence writes to other systems with. A crash of the database (not of a worker)
     * may forget the claims of its last moments, whose numbers are then given out again; on NATS it stays the same after 1,023 claims without a wait in between}
     */
    long lease();

    /**
     * Says whether the attempt should end, because somebody cancelled the job, its time is over, the worker stops, or the job was given to another worker
     * after this process had been silent for too long. The thread is interrupted as well.
     *
     * @return the reason, or empty
     */
    Optional<String> cancellation();

    /** {@return whether {@link #cancellation} has a reason} */
    default boolean isCancelled() {
        return cancellation().isPresent();
    }

    /**
     * Calls something once when the attempt should end; at once if it should already.
     *
     * @param action must be quick: it runs on a thread of the worker
     */
    void onCancel(Runnable action);

    /**
     * Shows how far the work is. Written to the store about once a second; the last one counts.
     *
     * @param fraction 0 to 1; others are brought into this range
     * @param message what is being done, or {@code null}; at most 200 characters are kept
     */
    void progress(double fraction, @Nullable String message);

    /**
     * Keeps a line with the job, for whoever looks at it. Written to the store about once a second, and when the attempt ends.
     *
     * @param line at most 1,000 characters are kept; at most 100 lines of an attempt are kept, later ones are dropped
     */
    void log(String line);

    /**
     * Keeps what the job came to, written as JSON by Jackson when the attempt succeeds.
     *
     * @param result at most 64 KiB as JSON
     */
    void result(Object result);

    /**
     * {@return what to throw to put the job off; the attempt does not count}
     *
     * @param delay the wait by the store's clock, zero for at once
     */
    default JobSignal snooze(Duration delay) {
        return new JobSignal(new JobOutcome.Snoozed(delay));
    }

    /**
     * {@return what to throw when no further attempt can help: the job is dead}
     *
     * @param message why
     */
    default JobSignal failForGood(String message) {
        return new JobSignal(new JobOutcome.Died(new JobError("failForGood", message, null)));
    }

    /**
     * {@return what to throw when the job is no longer wanted}
     *
     * @param reason why
     */
    default JobSignal cancel(String reason) {
        return new JobSignal(new JobOutcome.Cancelled(reason));
    }

    /**
     * {@return what to throw when the attempt failed and the time of the next is known; dead after the last attempt}
     *
     * @param delay the wait instead of the type's backoff, zero for at once
     * @param message why
     */
    default JobSignal retryIn(Duration delay, String message) {
        return new JobSignal(new JobOutcome.Retried(delay, new JobError("retryIn", message, null)));
    }
}
