package io.betrue.jobs.testing;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobState;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Jobs in memory: one lock, no cleverness, nothing is ever pruned. Listeners are told after the lock is released. Safe for use by multiple threads. */
final class MemoryStore implements JobStore {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    final TreeMap<Long, MemoryJob> jobs = new TreeMap<>();
    final Map<Long, MemorySession> sessions = new LinkedHashMap<>();
    final Set<String> paused = new TreeSet<>();
    final MemoryRates rates = new MemoryRates();
    final MemoryEndings endings = new MemoryEndings(this);
    final MemorySchedules schedules = new MemorySchedules(this);
    private final MemoryControl control = new MemoryControl(this);
    private final Map<String, Period> periods = new HashMap<>();
    private final Object lock = new Object();
    private final List<Runnable> notices = new ArrayList<>();
    private final Clock clock;
    private long lastJob;
    private long lastLease;
    private long lastWorker;

    /** A key that is taken for a time, whatever becomes of its job. */
    private record Period(long job, Instant end) {}

    MemoryStore(Clock clock) {
        this.clock = clock;
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        T answer;
        List<Runnable> told;
        synchronized (lock) {
            answer = action.get();
            told = List.copyOf(notices);
            notices.clear();
        }
        told.forEach(Runnable::run);
        return answer;
    }

    Instant now() {
        return clock.instant();
    }

    /** {@return a time, at the latest the end of the year 9999} */
    static Instant later(Instant now, Duration delay) {
        return delay.compareTo(Duration.between(now, LATEST)) < 0 ? now.plus(delay) : LATEST;
    }

    long nextLease() {
        return ++lastLease;
    }

    void tellAll(Consumer<StoreListener> notice) {
        sessions.values().forEach(session -> tell(session, notice));
    }

    void tell(MemorySession session, Consumer<StoreListener> notice) {
        notices.add(() -> notice.accept(session.listener));
    }

    /** Wakes those who take from a queue. */
    void tellTakers(String queue) {
        sessions.values().stream()
                .filter(session -> session.card.queues().contains(queue))
                .forEach(session -> tell(session, listener -> listener.jobsWaiting(queue)));
    }

    /** Says what became of a job that waits. */
    void waits(MemoryJob job) {
        if (job.state == JobState.QUEUED) {
            tellTakers(job.made.queue());
        } else {
            tellAll(StoreListener::upkeepNow);
        }
    }

    /** The clock has jumped: no worker was silent meanwhile. */
    void clockMoved() {
        locked(() -> {
            sessions.values().forEach(session -> session.heardAt = now());
            tellAll(StoreListener::upkeepNow);
            return null;
        });
    }

    @Override
    public List<EnqueuedJob> insert(List<NewJob> made) {
        return locked(() -> made.stream().map(this::insert).toList());
    }

    EnqueuedJob insert(NewJob made) {
        Instant now = now();
        String key = made.uniqueKey();
        Long other = key == null ? null : holder(key, now);
        if (other != null) {
            return new EnqueuedJob(other, false);
        }
        MemoryJob job = new MemoryJob(++lastJob, made, now);
        job.waitUntil(made.delay() == null ? made.runAt() : later(now, made.delay()), now);
        jobs.put(job.id, job);
        if (key != null && made.uniqueFor() != null) {
            periods.put(key, new Period(job.id, later(now, made.uniqueFor())));
        }
        waits(job);
        return new EnqueuedJob(job.id, true);
    }

    /** {@return the number of the job that a key is taken by, or {@code null}} */
    @Nullable
    Long holder(String key, Instant now) {
        Period period = periods.get(key);
        if (period != null && now.isBefore(period.end())) {
            return period.job();
        }
        return jobs.values().stream()
                .filter(job -> job.holds(key))
                .map(job -> job.id)
                .findFirst()
                .orElse(null);
    }

    @Override
    public StoreSession open(WorkerCard card, StoreListener listener) {
        return locked(() -> {
            MemorySession session = new MemorySession(this, ++lastWorker, card, listener, now());
            sessions.put(session.workerId(), session);
            return session;
        });
    }

    @Override
    public int mostAhead() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean findsTypes() {
        return true;
    }

    @Override
    public JobControl control() {
        return control;
    }

    @Override
    public Schedules schedules(JobCodec codec) {
        return schedules.of(codec);
    }
}
