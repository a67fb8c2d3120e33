package io.betrue.jobs.nats;

import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;

/** What any one worker must do for all: moves delayed jobs that are due, enqueues ticks, forgets workers that are silent. */
final class NatsUpkeep implements AutoCloseable {
    private final NatsStore store;

    NatsUpkeep(NatsStore store, long worker, StoreListener listener) {
        this.store = store;
    }

    /** {@return when to be called again, at the latest} */
    Duration run() {
        return store.limits().lease();
    }

    @Override
    public void close() {}
}
