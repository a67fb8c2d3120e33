package io.betrue.jobs.nats;

import io.betrue.jobs.Schedule;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import java.util.List;

/** Recurring jobs, in the control bucket. */
final class NatsSchedules implements Schedules {
    private final NatsStore store;
    private final JobCodec codec;

    NatsSchedules(NatsStore store, JobCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public void put(Schedule<?> schedule) {
        throw new UnsupportedOperationException(store.names() + " " + codec.hashCode());
    }

    @Override
    public boolean remove(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean pause(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean resume(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ScheduleInfo> list() {
        throw new UnsupportedOperationException();
    }
}
