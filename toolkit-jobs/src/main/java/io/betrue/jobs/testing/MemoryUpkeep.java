package io.betrue.jobs.testing;

import io.betrue.jobs.JobState;
import io.betrue.jobs.WorkerConfig.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What any one worker does for all. Under the lock of its store. */
final class MemoryUpkeep {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final MemoryStore store;
    private final MemorySession judge;
    private final Instant now;
    private Duration next = Duration.ofMinutes(1);

    MemoryUpkeep(MemoryStore store, MemorySession judge) {
        this.store = store;
        this.judge = judge;
        this.now = store.now();
    }

    Duration run() {
        bury();
        store.schedules.tick(now).ifPresent(this::again);
        promote();
        allow();
        return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
    }

    private void again(Instant time) {
        again(Duration.between(now, time));
    }

    private void again(Duration wait) {
        next = wait.compareTo(next) < 0 ? wait : next;
    }

    private void bury() {
        for (MemorySession session : List.copyOf(store.sessions.values())) {
            if (session.isDeadFor(judge, now)) {
                session.dead();
            } else if (session != judge) {
                again(session.card.heartbeat());
            }
        }
    }

    private void promote() {
        for (MemoryJob job : store.jobs.values()) {
            if (job.state == JobState.DELAYED && job.runAt != null) {
                if (job.runAt.isAfter(now)) {
                    again(job.runAt);
                } else {
                    Instant due = job.runAt;
                    job.waitUntil(null, now);
                    job.dueAt = due;
                    store.waits(job);
                }
            }
        }
    }

    /** Wakes those who were held up by a queue's rate. */
    private void allow() {
        for (MemorySession session : store.sessions.values()) {
            for (Map.Entry<String, Rate> limit : session.card.rates().entrySet()) {
                Duration wait = store.rates.wait(limit.getKey(), limit.getValue(), now);
                if (wait.isZero()) {
                    store.tell(session, listener -> listener.jobsWaiting(limit.getKey()));
                }
                again(wait.isZero() ? limit.getValue().period() : wait);
            }
        }
    }
}
