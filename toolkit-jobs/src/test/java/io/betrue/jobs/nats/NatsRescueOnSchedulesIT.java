package io.betrue.jobs.nats;

import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.TestNats;

/** The same on a server that has message schedules. */
class NatsRescueOnSchedulesIT extends NatsRescueIT {
    @Override
    TestNats nats() {
        return TestNats.shared(NatsRelease.SCHEDULES);
    }
}
