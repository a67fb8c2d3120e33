package io.betrue.jobs.testing;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.WorkerInfo;
import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The view from outside. */
final class MemoryControl implements JobControl {
    private final MemoryStore store;

    MemoryControl(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Optional<JobInfo> find(long id) {
        return store.locked(() -> Optional.ofNullable(store.jobs.get(id)).map(MemoryJob::info));
    }

    @Override
    public List<JobEvent> events(long id) {
        return store.locked(() -> Optional.ofNullable(store.jobs.get(id))
                .map(job -> List.copyOf(job.events))
                .orElse(List.of()));
    }

    @Override
    public List<JobInfo> list(JobQuery query) {
        return store.locked(() -> store.jobs.descendingMap().values().stream()
                .filter(job -> matches(query, job))
                .limit(query.limit())
                .map(MemoryJob::info)
                .toList());
    }

    private static boolean matches(JobQuery query, MemoryJob job) {
        return job.id < query.before()
                && query.states().contains(job.state)
                && query.type().map(job.made.type()::equals).orElse(true)
                && query.queue().map(job.made.queue()::equals).orElse(true)
                && query.tag().map(job.made.tags()::contains).orElse(true);
    }

    private boolean change(long id, Predicate<MemoryJob> change) {
        return store.locked(() -> {
            MemoryJob job = store.jobs.get(id);
            return job != null && change.test(job);
        });
    }

    private static boolean waits(MemoryJob job) {
        return job.state == JobState.QUEUED || job.state == JobState.DELAYED;
    }

    @Override
    public boolean cancel(long id) {
        return change(id, job -> {
            if (job.state == JobState.RUNNING) {
                if (!job.cancelWanted) {
                    job.event(store.now(), JobEvent.Kind.CONTROL, "asked to end while it ran", null);
                }
                job.cancelWanted = true;
                if (job.holder != null) {
                    store.tell(job.holder, listener -> listener.cancelled(id));
                }
                return true;
            }
            if (!waits(job)) {
                return false;
            }
            job.event(store.now(), JobEvent.Kind.CONTROL, "cancelled while it waited", null);
            job.finish(JobState.CANCELLED, "cancelled while it waited", store.now());
            return true;
        });
    }

    @Override
    public boolean retry(long id) {
        return change(id, job -> {
            boolean may =
                    job.state == JobState.DEAD || job.state == JobState.CANCELLED || job.state == JobState.DELAYED;
            if (!may || (job.state.isFinished() && keyIsTaken(job))) {
                return false;
            }
            job.event(store.now(), JobEvent.Kind.CONTROL, "retried", null);
            job.attempt = 0;
            job.cancelWanted = false;
            job.finishedAt = null;
            job.waitUntil(null, store.now());
            store.waits(job);
            return true;
        });
    }

    private boolean keyIsTaken(MemoryJob job) {
        String key = job.made.uniqueKey();
        Long holder = key == null ? null : store.holder(key, store.now());
        return holder != null && holder != job.id;
    }

    @Override
    public boolean reschedule(long id, Instant time) {
        return change(id, job -> {
            if (!waits(job)) {
                return false;
            }
            job.event(store.now(), JobEvent.Kind.CONTROL, "rescheduled for " + time, null);
            if (job.state == JobState.DELAYED || time.isAfter(store.now())) {
                job.waitUntil(time, store.now());
                store.waits(job);
            }
            return true;
        });
    }

    @Override
    public boolean discard(long id) {
        return change(id, job -> job.state != JobState.RUNNING && store.jobs.remove(id, job));
    }

    @Override
    public void pause(String queue) {
        store.locked(() -> {
            store.paused.add(queue);
            store.tellAll(StoreListener::beatNow);
            return null;
        });
    }

    @Override
    public void resume(String queue) {
        store.locked(() -> {
            store.paused.remove(queue);
            store.tellAll(StoreListener::beatNow);
            store.tellTakers(queue);
            return null;
        });
    }

    @Override
    public List<QueueInfo> queues() {
        return store.locked(() -> {
            TreeSet<String> names = new TreeSet<>(store.paused);
            store.jobs.values().stream()
                    .filter(job -> !job.state.isFinished())
                    .forEach(job -> names.add(job.made.queue()));
            store.sessions.values().forEach(session -> names.addAll(session.card.queues()));
            return names.stream().map(this::queue).toList();
        });
    }

    @Override
    public List<QueueRate> rates(Duration window) {
        return store.locked(() -> {
            Instant since = store.now().minus(window);
            TreeMap<String, QueueRate> rates = new TreeMap<>();
            for (MemoryJob job : store.jobs.values()) {
                Instant finished = job.finishedAt;
                boolean dead = job.state == JobState.DEAD;
                if ((dead || job.state == JobState.SUCCEEDED) && finished != null && finished.isAfter(since)) {
                    rates.merge(
                            job.made.queue(),
                            new QueueRate(job.made.queue(), dead ? 0 : 1, dead ? 1 : 0),
                            (one, other) -> new QueueRate(
                                    one.queue(), one.succeeded() + other.succeeded(), one.dead() + other.dead()));
                }
            }
            return List.copyOf(rates.values());
        });
    }

    private QueueInfo queue(String name) {
        Duration oldest = store.jobs.values().stream()
                .filter(job -> job.state == JobState.QUEUED && job.made.queue().equals(name))
                .map(job -> Duration.between(job.dueAt, store.now()))
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new QueueInfo(
                name,
                store.paused.contains(name),
                count(name, JobState.QUEUED),
                count(name, JobState.DELAYED),
                count(name, JobState.RUNNING),
                oldest);
    }

    private long count(String queue, JobState state) {
        return store.jobs.values().stream()
                .filter(job -> job.state == state && job.made.queue().equals(queue))
                .count();
    }

    @Override
    public List<WorkerInfo> workers() {
        return store.locked(() -> store.sessions.values().stream()
                .sorted(Comparator.comparing((MemorySession session) -> session.card.name())
                        .thenComparing(MemorySession::workerId))
                .map(this::worker)
                .toList());
    }

    private WorkerInfo worker(MemorySession session) {
        long running = store.jobs.values().stream()
                .filter(job -> job.holder == session)
                .count();
        return new WorkerInfo(
                session.workerId(),
                session.card.name(),
                session.card.queues().stream().sorted().toList(),
                session.startedAt,
                Duration.between(session.heardAt, store.now()),
                (int) running,
                session.draining);
    }

    @Override
    public long prune() {
        return 0;
    }
}
