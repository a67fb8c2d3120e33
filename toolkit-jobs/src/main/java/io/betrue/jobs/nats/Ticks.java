package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.MissedTicks;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues what schedules are due for. First the record promises a number to each tick, which only one leader can write; then the jobs are written under
 * those numbers, by whoever finds the promise, and each number is taken in once; then the promise is taken back. Used by one thread at a time, but for
 * {@link #heard}.
 */
final class Ticks {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final long BETWEEN_READINGS = TimeUnit.SECONDS.toNanos(60);

    private final NatsStore store;
    private final ScheduleShelf shelf;
    private final Map<String, ScheduleShelf.Kept> known = new HashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private boolean complete;
    private long read;

    Ticks(NatsStore store) {
        this.store = store;
        this.shelf = new ScheduleShelf(store);
    }

    /** Takes note that somebody changed a schedule. Safe for use by any thread. */
    void heard(String key) {
        changed.add(key);
    }

    /** From here on something may have changed that nobody told. */
    void doubt() {
        complete = false;
    }

    /** {@return the time of the next tick; now, when something is left to do; or {@code null} when there will be none} */
    @Nullable
    Instant run() {
        refresh();
        JobException first = null;
        for (ScheduleShelf.Kept kept : List.copyOf(known.values())) {
            try {
                enqueue(kept, store.clock().now());
            } catch (JobException e) {
                first = first == null ? e : first;
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                LOG.warn("The record {} of {} is no schedule", kept.key(), store.names(), e);
                known.remove(kept.key());
            }
        }
        if (first != null) {
            throw first;
        }
        return changed.isEmpty() ? next() : store.clock().now();
    }

    private void refresh() {
        if (!complete || System.nanoTime() - read > BETWEEN_READINGS) {
            changed.clear();
            List<ScheduleShelf.Kept> all = shelf.all();
            known.clear();
            all.forEach(kept -> known.put(kept.key(), kept));
            complete = true;
            read = System.nanoTime();
        }
        for (String key : List.copyOf(changed)) {
            changed.remove(key);
            try {
                know(shelf.get(key));
            } catch (JobException e) {
                changed.add(key);
                throw e;
            }
        }
    }

    private void know(ScheduleShelf.Kept kept) {
        if (kept.record() == null) {
            known.remove(kept.key());
        } else {
            known.put(kept.key(), kept);
        }
    }

    private @Nullable Instant next() {
        Instant first = null;
        for (ScheduleShelf.Kept kept : known.values()) {
            ScheduleRecord schedule = Objects.requireNonNull(kept.record());
            Instant next = schedule.promised().isEmpty() ? schedule.next() : Instant.EPOCH;
            if (next != null && !(schedule.paused() && schedule.promised().isEmpty())) {
                first = first == null || next.isBefore(first) ? next : first;
            }
        }
        return first;
    }

    private void enqueue(ScheduleShelf.Kept kept, Instant now) {
        ScheduleRecord schedule = Objects.requireNonNull(kept.record());
        boolean found = !schedule.promised().isEmpty();
        Instant first = schedule.next();
        if (!found) {
            if (schedule.paused() || first == null || first.isAfter(now)) {
                return;
            }
            MissedTicks missed = schedule.missed(now, first);
            List<ScheduleRecord.Promise> promises = missed.wanted().stream()
                    .map(tick -> new ScheduleRecord.Promise(tick, store.ids().next()))
                    .toList();
            schedule = schedule.promising(promises, missed.next());
            kept = write(kept, schedule);
        }
        if (kept != null && !schedule.promised().isEmpty()) {
            List<Long> jobs = keep(schedule, found);
            ScheduleRecord.Promise last =
                    schedule.promised().get(schedule.promised().size() - 1);
            write(kept, schedule.kept(last.tick(), jobs.get(jobs.size() - 1)));
            LOG.debug("schedule {} enqueued {} jobs", schedule.name(), jobs.size());
        }
    }

    /** {@return what stands there now, or {@code null} when somebody else was first} */
    private ScheduleShelf.@Nullable Kept write(ScheduleShelf.Kept was, ScheduleRecord schedule) {
        OptionalLong revision = shelf.write(was, schedule);
        if (revision.isEmpty()) {
            changed.add(was.key());
            return null;
        }
        ScheduleShelf.Kept now = new ScheduleShelf.Kept(was.key(), revision.getAsLong(), schedule);
        know(now);
        return now;
    }

    private List<Long> keep(ScheduleRecord schedule, boolean found) {
        store.ensureQueue(schedule.job().queue());
        List<CompletableFuture<Long>> sent = new ArrayList<>();
        for (ScheduleRecord.Promise promise : schedule.promised()) {
            sent.add(
                    found && isKnown(promise.job())
                            ? CompletableFuture.completedFuture(promise.job())
                            : send(schedule.job(), promise));
        }
        List<Long> jobs = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            jobs.add(await(sent.get(i), schedule.promised().get(i).job()));
        }
        return jobs;
    }

    /** {@return whether somebody has written the job already, whatever became of it} */
    private boolean isKnown(long id) {
        if (store.keys().isThere(id)) {
            return true;
        }
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED)) {
            if (store.limits().keeps(state)
                    && store.wire()
                                    .last(
                                            store.names().ended(state),
                                            store.names().anyEnded(state, id))
                            != null) {
                return true;
            }
        }
        return false;
    }

    /** The id lets the server know a second writing for a time also when the job has ended. */
    private CompletableFuture<Long> send(NewJob job, ScheduleRecord.Promise promise) {
        long id = promise.job();
        long keySequence = 0;
        if (job.uniqueKey() != null) {
            Keys.Holder holder = store.keys().take(job.uniqueKey(), id, job);
            if (holder.job() != id) {
                return CompletableFuture.completedFuture(holder.job());
            }
            keySequence = holder.sequence();
        }
        Headers headers = JobMessages.fresh(job, keySequence);
        headers.add(Wire.MESSAGE_ID, id + "@" + promise.tick().getEpochSecond());
        return store.wire()
                .send(store.names().work(job.queue(), job.priority(), id), headers, JobMessages.payload(job))
                .thenApply(sequence -> id);
    }

    private static long await(CompletableFuture<Long> sent, long id) {
        try {
            return Wire.await("keep a schedule's job", sent);
        } catch (Refused e) {
            if (e.isSubjectTaken()) {
                return id;
            }
            throw e;
        }
    }
}
