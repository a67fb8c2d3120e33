package io.betrue.jobs.internal;

import io.betrue.jobs.testing.MemoryStores;
import java.time.Clock;

/** The store of {@code TestJobs} does what every store must do. */
class MemoryStoreTest extends JudgedStoreContract {
    private final JobStore store = MemoryStores.create(Clock.systemUTC());

    @Override
    protected JobStore store() {
        return store;
    }
}
