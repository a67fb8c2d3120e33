package io.betrue.jobs.nats;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes jobs in: each is one message that the server has acknowledged, many at a time. Safe for use by multiple threads. */
final class Inserts {
    /** As many are on their way at most: half of them are sent while the answers to the other half come. */
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
        List<Sent> earlier = List.of();
        List<Sent> sent = new ArrayList<>(WINDOW / 2);
        for (int i = 0; i < answers.length; i++) {
            NewJob job = jobs.get(i);
            if (job.uniqueKey() != null) {
                answers[i] = insert(job);
                continue;
            }
            if (sent.size() == WINDOW / 2) {
                settle(earlier, answers);
                earlier = sent;
                sent = new ArrayList<>(WINDOW / 2);
            }
            long id = store.ids().next();
            sent.add(new Sent(i, id, job, send(id, job, 0)));
        }
        settle(earlier, answers);
        settle(sent, answers);
        return List.of(answers);
    }

    /** Waits once, for the last: the answers come in order, and a wait for each would be a thread woken for each. */
    private void settle(List<Sent> sent, EnqueuedJob[] answers) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            settle(sent.get(i), answers);
        }
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
        return store.alarms().send(names.later(job.queue(), id), headers, JobMessages.body(entry), time);
    }

    /** {@return when a job becomes due, or {@code null} for at once} */
    private static @Nullable Instant due(NewJob job, Instant now) {
        Duration delay = job.delay();
        Instant time = delay == null ? job.runAt() : ServerClock.later(now, delay);
        return time != null && time.isAfter(now) ? ServerClock.atMost(time) : null;
    }
}
