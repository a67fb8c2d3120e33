package io.betrue.jobs.testing;

import io.betrue.jobs.Schedule;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Recurring jobs. Guarded by the lock of their store. */
final class MemorySchedules {
    private static final int MOST_MISSED = 1_000;
    /** A tick that is later than this has been missed. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final MemoryStore store;
    private final Map<String, Row> rows = new TreeMap<>();

    MemorySchedules(MemoryStore store) {
        this.store = store;
    }

    private static final class Row {
        Schedule<?> schedule;
        NewJob job;
        boolean paused;

        @Nullable
        Instant next;

        @Nullable
        Instant last;

        @Nullable
        Long lastJob;

        Row(Schedule<?> schedule, NewJob job, @Nullable Instant next) {
            this.schedule = schedule;
            this.job = job;
            this.next = next;
        }

        @Nullable
        Instant after(Instant time) {
            return schedule.cron()
                    .next(time.atZone(schedule.zone()))
                    .map(tick -> tick.toInstant())
                    .orElse(null);
        }

        boolean ticksAs(Schedule<?> other) {
            return schedule.zone().equals(other.zone())
                    && schedule.cron().toString().equals(other.cron().toString());
        }

        ScheduleInfo info() {
            return new ScheduleInfo(
                    schedule.name(),
                    schedule.cron().toString(),
                    schedule.zone(),
                    schedule.misfire(),
                    job.type(),
                    job.payload(),
                    paused,
                    next,
                    last,
                    lastJob);
        }
    }

    /** Enqueues what is due, and answers with the next tick. */
    Optional<Instant> tick(Instant now) {
        for (Row row : rows.values()) {
            if (!row.paused && row.next != null && !row.next.isAfter(now)) {
                tick(row, now);
            }
        }
        return rows.values().stream()
                .filter(row -> !row.paused && row.next != null)
                .map(row -> row.next)
                .min(Comparator.naturalOrder());
    }

    private void tick(Row row, Instant now) {
        Deque<Instant> due = new ArrayDeque<>();
        Instant tick = row.next;
        while (tick != null && !tick.isAfter(now)) {
            due.addLast(tick);
            if (due.size() > MOST_MISSED) {
                due.removeFirst();
            }
            tick = row.after(tick);
        }
        row.next = tick;
        Misfire misfire = row.schedule.misfire();
        while (misfire != Misfire.ALL && due.size() > 1) {
            due.removeFirst();
        }
        if (misfire == Misfire.SKIP) {
            due.removeIf(time -> time.plus(LATE).isBefore(now));
        }
        for (Instant time : due) {
            row.last = time;
            row.lastJob = store.insert(row.job).id();
        }
    }

    Schedules of(JobCodec codec) {
        return new View(codec);
    }

    private final class View implements Schedules {
        private final JobCodec codec;

        View(JobCodec codec) {
            this.codec = codec;
        }

        @Override
        public void put(Schedule<?> schedule) {
            NewJob job =
                    codec.write(List.of(schedule.request().in(Duration.ZERO))).get(0);
            store.locked(() -> {
                Row row = rows.computeIfAbsent(schedule.name(), name -> new Row(schedule, job, null));
                boolean recount = row.next == null || !row.ticksAs(schedule);
                row.schedule = schedule;
                row.job = job;
                if (recount) {
                    row.next = row.after(store.now());
                    store.tellAll(StoreListener::upkeepNow);
                }
                return null;
            });
        }

        @Override
        public boolean remove(String name) {
            return store.locked(() -> rows.remove(name) != null);
        }

        @Override
        public boolean pause(String name) {
            return change(name, row -> row.paused = true);
        }

        @Override
        public boolean resume(String name) {
            return change(name, row -> row.paused = false);
        }

        private boolean change(String name, Consumer<Row> change) {
            return store.locked(() -> {
                Row row = rows.get(name);
                if (row == null) {
                    return false;
                }
                change.accept(row);
                store.tellAll(StoreListener::upkeepNow);
                return true;
            });
        }

        @Override
        public List<ScheduleInfo> list() {
            return store.locked(() -> rows.values().stream().map(Row::info).toList());
        }
    }
}
