package io.betrue.jobs.nats;

import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.TestNats;

/** The contract of all stores, kept by a server that has message schedules. */
class NatsStoreOnSchedulesIT extends NatsStoreIT {
    @Override
    TestNats nats() {
        return TestNats.shared(NatsRelease.SCHEDULES);
    }
}
