package io.betrue.jobs.internal;

import java.time.Duration;
import java.time.Instant;

/** One worker with a session in either store. */
final class ModelCrew {
    final String name;
    final Duration heartbeat;
    final StoreSession oracle;
    final StoreSession subject;
    Instant heardAt;
    boolean closed;

    ModelCrew(String name, Duration heartbeat, StoreSession oracle, StoreSession subject, Instant now) {
        this.name = name;
        this.heartbeat = heartbeat;
        this.oracle = oracle;
        this.subject = subject;
        this.heardAt = now;
    }

    /** {@return whether its jobs may be taken} */
    boolean isGone(Instant now) {
        return closed || heardAt.plus(heartbeat.multipliedBy(3)).isBefore(now);
    }

    @Override
    public String toString() {
        return name;
    }
}
