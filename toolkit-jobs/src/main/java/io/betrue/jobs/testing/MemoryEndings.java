package io.betrue.jobs.testing;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import java.time.Duration;
import java.time.Instant;

/** What becomes of jobs whose attempt is over. Under the lock of its store. */
final class MemoryEndings {
    private static final int LONGEST_WAIT = 300;

    private final MemoryStore store;

    MemoryEndings(MemoryStore store) {
        this.store = store;
    }

    /** An attempt ended, as its worker says. */
    void settle(MemoryJob job, JobOutcome outcome) {
        Instant now = store.now();
        if (outcome instanceof JobOutcome.Succeeded succeeded) {
            job.result = succeeded.result();
            job.finish(JobState.SUCCEEDED, null, now);
        } else if (outcome instanceof JobOutcome.Cancelled cancelled) {
            job.event(now, JobEvent.Kind.CONTROL, cancelled.reason(), null);
            job.finish(JobState.CANCELLED, cancelled.reason(), now);
        } else if (outcome instanceof JobOutcome.Died died) {
            String text = failed(job, died.error(), now);
            job.finish(job.cancelWanted ? JobState.CANCELLED : JobState.DEAD, text, now);
        } else if (outcome instanceof JobOutcome.Retried retried) {
            again(job, retried.delay(), failed(job, retried.error(), now), now);
        } else if (outcome instanceof JobOutcome.Snoozed snoozed) {
            job.event(now, JobEvent.Kind.SNOOZED, "for " + snoozed.delay(), null);
            job.attempt--;
            again(job, snoozed.delay(), "cancelled while it ran", now);
        } else {
            job.attempt--;
            again(job, Duration.ZERO, "cancelled while it ran", now);
        }
    }

    private static String failed(MemoryJob job, JobError error, Instant now) {
        String text = error.message().isEmpty() ? error.kind() : error.kind() + ": " + error.message();
        job.lastError = text;
        job.event(now, JobEvent.Kind.ERROR, text, error.stack());
        return text;
    }

    /**
     * Whoever wanted it cancelled gets what they wanted unless the attempt succeeds.
     *
     * @param text what ended it, where it was to be cancelled
     */
    private void again(MemoryJob job, Duration delay, String text, Instant now) {
        if (job.cancelWanted) {
            job.finish(JobState.CANCELLED, text, now);
        } else {
            job.waitUntil(MemoryStore.later(now, delay), now);
            store.waits(job);
        }
    }

    /** Its worker died; the attempt counts. */
    void rescue(MemoryJob job, String worker) {
        Instant now = store.now();
        boolean last = job.attempt >= job.made.attempts();
        String text = "worker " + worker + " died or was cut off" + (last ? " in the last attempt" : "");
        long times = job.events.stream()
                .filter(event -> event.kind() == JobEvent.Kind.RESCUED)
                .count();
        job.lastError = text;
        job.event(now, JobEvent.Kind.RESCUED, text, null);
        if (last && !job.cancelWanted) {
            job.finish(JobState.DEAD, text, now);
        } else {
            again(job, pause(times), text, now);
        }
    }

    /** Not at once the second time: it may be what kills them. */
    private static Duration pause(long times) {
        return times == 0 ? Duration.ZERO : Duration.ofSeconds(Math.min(LONGEST_WAIT, 1L << Math.min(times, 9)));
    }
}
