package io.betrue.jobs.nats;

import io.betrue.jobs.Schedule;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.MissedTicks;
import io.betrue.jobs.internal.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Recurring jobs, in the control bucket. Safe for use by multiple threads. */
final class NatsSchedules implements Schedules {
    private static final Duration CLOCK_KEPT = Duration.ofMinutes(1);

    private final NatsStore store;
    private final JobCodec codec;
    private final ScheduleShelf shelf;

    NatsSchedules(NatsStore store, JobCodec codec) {
        this.store = store;
        this.codec = codec;
        this.shelf = new ScheduleShelf(store);
    }

    @Override
    public void put(Schedule<?> schedule) {
        NewJob job = withoutTime(
                codec.write(List.of(schedule.request().in(Duration.ZERO))).get(0));
        store.ensureQueue(job.queue());
        store.ids().freshenTheClock(CLOCK_KEPT);
        ScheduleRecord wanted = new ScheduleRecord(
                schedule.name(),
                schedule.cron().toString(),
                schedule.zone(),
                schedule.misfire(),
                job,
                false,
                MissedTicks.next(schedule.cron(), store.clock().now(), schedule.zone()),
                null,
                null,
                List.of());
        shelf.change(
                schedule.name(), there -> there == null ? wanted : wanted.wishesAs(there) ? there : wanted.over(there));
    }

    private static NewJob withoutTime(NewJob job) {
        return new NewJob(
                job.type(),
                job.version(),
                job.queue(),
                job.priority(),
                job.attempts(),
                job.timeout(),
                job.payload(),
                job.tags(),
                job.uniqueKey(),
                job.uniqueFor(),
                null,
                null,
                null);
    }

    @Override
    public boolean remove(String name) {
        return shelf.remove(name);
    }

    @Override
    public boolean pause(String name) {
        return shelf.change(name, there -> there == null ? null : there.paused(true));
    }

    @Override
    public boolean resume(String name) {
        return shelf.change(name, there -> there == null ? null : there.paused(false));
    }

    @Override
    public List<ScheduleInfo> list() {
        return shelf.all().stream()
                .map(kept -> Objects.requireNonNull(kept.record()).info())
                .toList();
    }
}
