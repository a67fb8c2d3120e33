package io.betrue.jobs.testing;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.WorkerConfig.Rate;
import io.betrue.jobs.internal.Beat;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.Report;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker's dealings. Guarded by the lock of its store. */
final class MemorySession implements StoreSession {
    private static final Comparator<MemoryJob> FIRST =
            Comparator.<MemoryJob>comparingInt(job -> -job.made.priority()).thenComparingLong(job -> job.id);

    final WorkerCard card;
    final StoreListener listener;
    final Instant startedAt;
    Instant heardAt;
    Instant steadySince; // beaten without a gap
    boolean draining;
    private final MemoryStore store;
    private final long workerId;

    MemorySession(MemoryStore store, long workerId, WorkerCard card, StoreListener listener, Instant now) {
        this.store = store;
        this.workerId = workerId;
        this.card = card;
        this.listener = listener;
        this.startedAt = now;
        this.heardAt = now;
        this.steadySince = now;
    }

    @Override
    public long workerId() {
        return workerId;
    }

    boolean isAlive() {
        return store.sessions.get(workerId) == this;
    }

    @Override
    public List<ClaimedJob> claim(List<Lane> lanes) {
        return store.locked(() -> {
            List<ClaimedJob> claimed = new ArrayList<>();
            if (isAlive()) {
                lanes.forEach(lane -> claim(lane, claimed));
            }
            return claimed;
        });
    }

    private void claim(Lane lane, List<ClaimedJob> claimed) {
        if (store.paused.contains(lane.queue())) {
            return;
        }
        List<MemoryJob> due = store.jobs.values().stream()
                .filter(job -> job.state == JobState.QUEUED && job.made.queue().equals(lane.queue()))
                .filter(job -> lane.onlyType() == null
                        ? !lane.otherTypes().contains(job.made.type())
                        : lane.onlyType().equals(job.made.type()))
                .sorted(FIRST)
                .limit(lane.room())
                .toList();
        Rate rate = card.rates().get(lane.queue());
        for (MemoryJob job : due) {
            if (rate == null || store.rates.take(lane.queue(), rate, store.now())) {
                claimed.add(claim(job));
            } else {
                wakeAfter(lane.queue(), store.rates.wait(lane.queue(), rate, store.now()));
                return;
            }
        }
    }

    private void wakeAfter(String queue, Duration wait) {
        CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> listener.jobsWaiting(queue));
    }

    private ClaimedJob claim(MemoryJob job) {
        job.state = JobState.RUNNING;
        job.holder = this;
        job.worker = card.name();
        job.lease = store.nextLease();
        job.attempt++;
        job.startedAt = store.now();
        return job.claimed();
    }

    @Override
    public void giveBackAllBut(Set<Long> held) {
        store.locked(() -> {
            store.jobs.values().stream()
                    .filter(job -> job.holder == this && !held.contains(job.id))
                    .forEach(job -> settle(job, new JobOutcome.Released()));
            return null;
        });
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        return store.locked(() -> {
            List<Settlement> refused = new ArrayList<>();
            for (Settlement settlement : settlements) {
                MemoryJob job = held(settlement.job());
                if (job == null) {
                    if (!wasStored(settlement)) {
                        refused.add(settlement);
                    }
                } else {
                    settle(job, settlement.outcome());
                }
            }
            return refused;
        });
    }

    private @Nullable MemoryJob held(ClaimedJob claim) {
        MemoryJob job = store.jobs.get(claim.id());
        return job != null && job.holder == this && job.lease == claim.lease() ? job : null;
    }

    /** A success whose answer was lost. */
    private boolean wasStored(Settlement settlement) {
        MemoryJob job = store.jobs.get(settlement.job().id());
        return job != null
                && settlement.outcome() instanceof JobOutcome.Succeeded
                && job.state == JobState.SUCCEEDED
                && job.lease == settlement.job().lease();
    }

    private void settle(MemoryJob job, JobOutcome outcome) {
        Instant now = store.now();
        job.progress = null;
        job.progressMessage = null;
        if (outcome instanceof JobOutcome.Succeeded succeeded) {
            job.result = succeeded.result();
            job.finish(JobState.SUCCEEDED, now);
        } else if (outcome instanceof JobOutcome.Cancelled cancelled) {
            cancel(job, cancelled.reason(), now);
        } else if (outcome instanceof JobOutcome.Died died) {
            failed(job, died.error(), now);
            if (!cancelWanted(job, now)) {
                job.finish(JobState.DEAD, now);
            }
        } else if (outcome instanceof JobOutcome.Retried retried) {
            failed(job, retried.error(), now);
            again(job, retried.delay(), now);
        } else if (outcome instanceof JobOutcome.Snoozed snoozed) {
            job.event(now, JobEvent.Kind.SNOOZED, "for " + snoozed.delay(), null);
            job.attempt--;
            again(job, snoozed.delay(), now);
        } else {
            job.attempt--;
            again(job, Duration.ZERO, now);
        }
    }

    private static void failed(MemoryJob job, JobError error, Instant now) {
        String text = error.kind() + ": " + error.message();
        job.error = text;
        job.event(now, JobEvent.Kind.ERROR, text, error.stack());
    }

    private void again(MemoryJob job, Duration delay, Instant now) {
        if (!cancelWanted(job, now)) {
            job.waitUntil(MemoryStore.later(now, delay), now);
            store.waits(job);
        }
    }

    /** Whoever wanted it cancelled gets what they wanted unless the attempt succeeds. */
    private static boolean cancelWanted(MemoryJob job, Instant now) {
        if (job.cancelWanted) {
            cancel(job, "cancelled", now);
        }
        return job.cancelWanted;
    }

    private static void cancel(MemoryJob job, String reason, Instant now) {
        job.error = reason;
        job.event(now, JobEvent.Kind.CONTROL, reason, null);
        job.finish(JobState.CANCELLED, now);
    }

    @Override
    public void report(List<Report> reports) {
        store.locked(() -> {
            for (Report report : reports) {
                MemoryJob job = held(report.job());
                if (job != null) {
                    keep(job, report);
                }
            }
            return null;
        });
    }

    private void keep(MemoryJob job, Report report) {
        if (report.progress() != null) {
            job.progress = report.progress();
            job.progressMessage = report.message();
        }
        report.lines().forEach(line -> job.event(store.now(), JobEvent.Kind.LOG, line, null));
    }

    @Override
    public Beat beat(boolean drains, int held) {
        return store.locked(() -> {
            heard();
            draining = drains;
            Set<Long> cancelled = store.jobs.values().stream()
                    .filter(job -> job.holder == this && job.cancelWanted)
                    .map(job -> job.id)
                    .collect(Collectors.toSet());
            return new Beat(isAlive(), cancelled, Set.copyOf(store.paused));
        });
    }

    private void heard() {
        Instant now = store.now();
        if (heardAt.plus(card.heartbeat().multipliedBy(3).dividedBy(2)).isBefore(now)) {
            steadySince = now;
        }
        heardAt = now;
    }

    /**
     * After an outage all have been silent, and whoever comes back first would rescue from all others.
     *
     * @return whether this worker was silent for three beats and the other was heard all the time
     */
    boolean isDeadFor(MemorySession judge, Instant now) {
        Duration silence = card.heartbeat().multipliedBy(3);
        return judge != this
                && heardAt.plus(silence).isBefore(now)
                && !judge.steadySince.plus(silence).isAfter(now)
                && !judge.heardAt
                        .plus(judge.card.heartbeat().multipliedBy(3).dividedBy(2))
                        .isBefore(now);
    }

    @Override
    public Duration upkeep() {
        return store.locked(() -> new MemoryUpkeep(store, this).run());
    }

    /** Brings back what this worker had; its attempts count. */
    void dead() {
        Instant now = store.now();
        store.sessions.remove(workerId);
        List<MemoryJob> left =
                store.jobs.values().stream().filter(job -> job.holder == this).toList();
        for (MemoryJob job : left) {
            boolean last = job.attempt >= job.made.attempts();
            String text = "worker " + card.name() + " died or was cut off" + (last ? " in the last attempt" : "");
            long times = job.events.stream()
                    .filter(event -> event.kind() == JobEvent.Kind.RESCUED)
                    .count();
            job.error = text;
            job.event(now, JobEvent.Kind.RESCUED, text, null);
            if (last) {
                if (!cancelWanted(job, now)) {
                    job.finish(JobState.DEAD, now);
                }
            } else {
                // not at once the second time: it may be what kills them
                again(
                        job,
                        times == 0 ? Duration.ZERO : Duration.ofSeconds(Math.min(300, 1L << Math.min(times, 9))),
                        now);
            }
        }
        store.tell(this, StoreListener::beatNow);
    }

    @Override
    public void close() {
        store.locked(() -> {
            if (isAlive()) {
                dead();
            }
            return null;
        });
    }
}
