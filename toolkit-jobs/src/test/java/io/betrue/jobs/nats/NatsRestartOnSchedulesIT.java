package io.betrue.jobs.nats;

import io.betrue.localservers.NatsRelease;

/** The same on a server that has message schedules. */
class NatsRestartOnSchedulesIT extends NatsRestartIT {
    @Override
    NatsRelease release() {
        return NatsRelease.SCHEDULES;
    }
}
