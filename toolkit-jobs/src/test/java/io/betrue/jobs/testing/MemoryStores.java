package io.betrue.jobs.testing;

import io.betrue.jobs.internal.JobStore;
import java.time.Clock;

/** Hands the store of {@link TestJobs} to tests of other packages. */
public final class MemoryStores {
    private MemoryStores() {}

    public static JobStore create(Clock clock) {
        return new MemoryStore(clock);
    }
}
