package io.betrue.jobs.nats;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.NewJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as one message says it, wherever that is.
 *
 * @param id its number
 * @param made what was handed in; its {@code delay} and {@code runAt} mean nothing any more
 * @param attempt attempts begun that count, before this message was written
 * @param keySequence the number of the message that holds its unique key, or 0 where there is none
 * @param enqueuedAt when it was handed in
 * @param runAt when it becomes due, or {@code null}
 * @param startedAt when its last attempt was claimed, or {@code null}
 * @param finishedAt when it ended, or {@code null}
 * @param worker who ran it when it ended, or {@code null}
 * @param error the last error, or what ended it
 * @param result what it came to
 */
record Entry(
        long id,
        NewJob made,
        int attempt,
        long keySequence,
        Instant enqueuedAt,
        @Nullable Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable String error,
        @Nullable String result) {
    static Entry fresh(long id, NewJob made, long keySequence, Instant now) {
        return new Entry(id, made, 0, keySequence, now, null, null, null, null, null, null);
    }

    /** {@return this job due at once or at a time, with so many attempts behind it} */
    Entry waiting(int begun, @Nullable Instant dueAt, @Nullable String lastError) {
        return new Entry(id, made, begun, keySequence, enqueuedAt, dueAt, startedAt, null, null, lastError, null);
    }

    Entry startedAt(@Nullable Instant time) {
        return new Entry(id, made, attempt, keySequence, enqueuedAt, runAt, time, finishedAt, worker, error, result);
    }

    Entry holdingKey(long sequence) {
        return new Entry(id, made, attempt, sequence, enqueuedAt, runAt, startedAt, null, null, error, null);
    }

    /** {@return this job at its end} */
    Entry ended(int begun, Instant time, @Nullable String by, @Nullable String endedBy, @Nullable String cameTo) {
        return new Entry(id, made, begun, keySequence, enqueuedAt, null, startedAt, time, by, endedBy, cameTo);
    }

    ClaimedJob claimed(long lease, int nowAttempt) {
        return new ClaimedJob(
                id,
                lease,
                made.type(),
                made.version(),
                made.queue(),
                nowAttempt,
                made.attempts(),
                made.timeout(),
                made.payload(),
                made.tags(),
                enqueuedAt,
                made.trace());
    }

    JobInfo info(JobState state) {
        return new JobInfo(
                id,
                state,
                made.type(),
                made.version(),
                made.queue(),
                made.priority(),
                attempt,
                made.attempts(),
                made.timeout(),
                made.payload(),
                made.tags(),
                made.uniqueKey(),
                enqueuedAt,
                runAt,
                startedAt,
                finishedAt,
                worker,
                null,
                null,
                result,
                error);
    }
}
