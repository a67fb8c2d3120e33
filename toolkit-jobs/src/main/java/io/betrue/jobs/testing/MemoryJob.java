package io.betrue.jobs.testing;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.NewJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row. Guarded by the lock of its store. */
final class MemoryJob {
    private static final int MOST_EVENTS = 1_000;

    final long id;
    final NewJob made;
    final Instant enqueuedAt;
    final List<JobEvent> events = new ArrayList<>();
    JobState state = JobState.QUEUED;
    int attempt;
    long lease;

    @Nullable
    MemorySession holder; // while it runs

    boolean cancelWanted;
    Instant dueAt;

    @Nullable
    Instant runAt;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    String worker;

    @Nullable
    Double progress;

    @Nullable
    String progressMessage;

    @Nullable
    String result;

    @Nullable
    String lastError; // of an attempt

    @Nullable
    String endedBy;

    MemoryJob(long id, NewJob made, Instant now) {
        this.id = id;
        this.made = made;
        this.enqueuedAt = now;
        this.dueAt = now;
    }

    /** {@return whether it holds a key for as long as it waits or runs} */
    boolean holds(String key) {
        return key.equals(made.uniqueKey()) && made.uniqueFor() == null && !state.isFinished();
    }

    void waitUntil(@Nullable Instant time, Instant now) {
        leave();
        boolean later = time != null && time.isAfter(now);
        worker = null;
        dueAt = now;
        state = later ? JobState.DELAYED : JobState.QUEUED;
        runAt = later ? time : null;
    }

    void finish(JobState end, @Nullable String by, Instant now) {
        leave();
        state = end;
        endedBy = by;
        runAt = null;
        finishedAt = now;
    }

    private void leave() {
        holder = null;
        progress = null;
        progressMessage = null;
    }

    void event(Instant at, JobEvent.Kind kind, String text, @Nullable String detail) {
        if (events.size() < MOST_EVENTS) {
            events.add(new JobEvent(at, attempt, kind, text, detail));
        }
    }

    ClaimedJob claimed() {
        return new ClaimedJob(
                id,
                lease,
                made.type(),
                made.version(),
                made.queue(),
                attempt,
                made.attempts(),
                made.timeout(),
                made.payload(),
                made.tags(),
                enqueuedAt,
                made.trace());
    }

    JobInfo info() {
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
                progress,
                progressMessage,
                result,
                state.isFinished() ? endedBy : lastError);
    }
}
