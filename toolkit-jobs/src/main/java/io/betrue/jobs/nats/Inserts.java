package io.betrue.jobs.nats;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes jobs in: each is one message that the server has acknowledged, many at a time. Safe for use by multiple threads. */
final class Inserts {
    private static final int WINDOW = 1_000;
    private static final int TRIES = 5;

    private final NatsStore store;
    private final Wire wire;
    private final Names names;

    Inserts(NatsStore store) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
    }

    /** A message on its way. */
    private record Sent(int index, long id, NewJob job, CompletableFuture<Long> answer) {}

    List<EnqueuedJob> insert(List<NewJob> jobs) {
        jobs.forEach(this::checkSize);
        if (jobs.size() == 1) {
            return List.of(insert(jobs.get(0)));
        }
        EnqueuedJob[] answers = new EnqueuedJob[jobs.size()];
        Deque<Sent> window = new ArrayDeque<>();
        for (int i = 0; i < answers.length; i++) {
            NewJob job = jobs.get(i);
            if (window.size() == WINDOW) {
                settle(window.remove(), answers);
            }
            if (job.uniqueKey() == null) {
                long id = store.ids().next();
                window.add(new Sent(i, id, job, send(id, job, 0)));
            } else {
                answers[i] = insert(job);
            }
        }
        while (!window.isEmpty()) {
            settle(window.remove(), answers);
        }
        return List.of(answers);
    }

    private void checkSize(NewJob job) {
        String refusal = wire.refusal(job);
        if (refusal != null) {
            throw new JobException(refusal);
        }
    }

    private void settle(Sent sent, EnqueuedJob[] answers) {
        try {
            Wire.await("keep the job", sent.answer());
            answers[sent.index()] = new EnqueuedJob(sent.id(), true);
        } catch (JobException e) {
            if (e instanceof Refused refused && refused.isSubjectTaken()) {
                answers[sent.index()] = insert(sent.job());
                return;
            }
            long kept = java.util.Arrays.stream(answers)
                    .filter(answer -> answer != null && answer.created())
                    .count();
            throw new JobException(
                    full(e).getMessage() + " (" + kept + " of " + answers.length + " jobs are surely kept)", e);
        }
    }

    /** Takes in one job. */
    EnqueuedJob insert(NewJob job) {
        for (int i = 0; i < TRIES; i++) {
            long id = store.ids().next();
            long keySequence = 0;
            if (job.uniqueKey() != null) {
                Keys.Holder holder = store.keys().take(job.uniqueKey(), id, job);
                if (holder.job() != id) {
                    return new EnqueuedJob(holder.job(), false);
                }
                keySequence = holder.sequence();
            }
            try {
                Wire.await("keep the job", send(id, job, keySequence));
                return new EnqueuedJob(id, true);
            } catch (Refused e) {
                if (keySequence != 0) {
                    wire.delete(names.keys, keySequence);
                }
                if (!e.isSubjectTaken()) {
                    throw full(e);
                }
            }
        }
        throw new JobException("NATS hands out numbers of jobs that are taken; was it restored from an old copy?");
    }

    static JobException full(JobException e) {
        return e instanceof Refused refused && refused.isStreamFull()
                ? new JobException("as many jobs wait as the configuration allows; try again when some have ended", e)
                : e;
    }

    private CompletableFuture<Long> send(long id, NewJob job, long keySequence) {
        Instant now = store.clock().now();
        Instant time = due(job, now);
        store.ensureQueue(job.queue());
        if (time == null) {
            return wire.send(
                    names.work(job.queue(), job.priority(), id),
                    JobMessages.fresh(job, keySequence),
                    JobMessages.payload(job));
        }
        Entry entry = Entry.fresh(id, job, keySequence, now).waiting(0, time, null);
        Headers headers = JobMessages.moved(entry);
        return wire.send(names.later(job.queue(), id), headers, JobMessages.body(entry));
    }

    /** {@return when a job becomes due, or {@code null} for at once} */
    private static @Nullable Instant due(NewJob job, Instant now) {
        Duration delay = job.delay();
        Instant time = delay == null ? job.runAt() : ServerClock.later(now, delay);
        return time != null && time.isAfter(now) ? ServerClock.atMost(time) : null;
    }
}
