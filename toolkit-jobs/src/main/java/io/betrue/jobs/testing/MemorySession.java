package io.betrue.jobs.testing;

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
                    .toList()
                    .forEach(job -> store.endings.settle(job, new JobOutcome.Released()));
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
                    store.endings.settle(job, settlement.outcome());
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
                && judge.isAlive()
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
        store.sessions.remove(workerId);
        store.jobs.values().stream()
                .filter(job -> job.holder == this)
                .toList()
                .forEach(job -> store.endings.rescue(job, card.name()));
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
