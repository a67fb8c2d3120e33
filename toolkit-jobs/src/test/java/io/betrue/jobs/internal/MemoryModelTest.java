package io.betrue.jobs.internal;

import io.betrue.jobs.testing.MemoryStores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The books of the model hold for the store in memory, which is compared to itself. */
class MemoryModelTest extends JobStoreModel {
    private volatile Instant now = Instant.EPOCH;

    @Override
    protected JobStore emptied() {
        return MemoryStores.create(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    }

    @Override
    protected void setClock(Instant time) {
        now = time;
    }
}
