package io.betrue.jobs.nats;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The view from outside. */
final class NatsControl implements JobControl {
    private final NatsStore store;

    NatsControl(NatsStore store) {
        this.store = store;
    }

    @Override
    public Optional<JobInfo> find(long id) {
        throw new UnsupportedOperationException(store.names().toString());
    }

    @Override
    public List<JobEvent> events(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<JobInfo> list(JobQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancel(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retry(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean reschedule(long id, Instant time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean discard(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QueueInfo> queues() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<QueueRate> rates(Duration window) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<WorkerInfo> workers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long prune() {
        throw new UnsupportedOperationException();
    }
}
