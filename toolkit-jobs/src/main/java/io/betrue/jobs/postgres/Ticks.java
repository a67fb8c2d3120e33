package io.betrue.jobs.postgres;

import io.betrue.jobs.Cron;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.internal.MissedTicks;
import io.betrue.jobs.internal.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enqueues what schedules are due for: the row is locked while its job is written, so each tick has one, whoever comes first. */
final class Ticks {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final int STEP = 20;

    private static final String DUE = """
            select name, cron, zone, misfire, type, version, queue, priority, attempts, timeout_ms, payload, tags, unique_key, unique_ms, next_at,
                {s}.clock() as now
            from {s}.schedule where not paused and next_at <= {s}.clock() order by next_at limit ? for update skip locked
            """;

    private static final String MOVE_ON = """
            update {s}.schedule set next_at = ?::timestamptz, last_at = coalesce(?::timestamptz, last_at), last_job = coalesce(?::bigint, last_job)
            where name = ?
            """;

    private final PostgresStore store;
    private final Database database;

    private record Due(String name, String cron, ZoneId zone, Misfire misfire, NewJob job, Instant next, Instant now) {}

    Ticks(PostgresStore store) {
        this.store = store;
        this.database = store.database();
    }

    /** {@return whether more may be due} */
    boolean enqueueDue() {
        return database.transaction("schedule", connection -> {
            List<Due> due = Rows.planned(connection, database.sql(DUE), Ticks::due, STEP);
            for (Due schedule : due) {
                enqueue(connection, schedule);
            }
            return due.size() == STEP;
        });
    }

    private void enqueue(Connection connection, Due schedule) throws SQLException {
        Cron cron = Cron.parse(schedule.cron());
        MissedTicks missed =
                MissedTicks.until(schedule.now(), cron, schedule.zone(), schedule.misfire(), schedule.next());
        List<Instant> ticks = missed.wanted();
        Long last = null;
        if (!ticks.isEmpty()) {
            List<EnqueuedJob> made = store.insertWithin(connection, Collections.nCopies(ticks.size(), schedule.job()));
            last = made.get(made.size() - 1).id();
        }
        Rows.update(
                connection,
                database.sql(MOVE_ON),
                missed.next(),
                ticks.isEmpty() ? null : ticks.get(ticks.size() - 1),
                last,
                schedule.name());
        LOG.debug("schedule {} enqueued {} jobs", schedule.name(), ticks.size());
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getString("name"),
                row.getString("cron"),
                ZoneId.of(row.getString("zone")),
                Misfire.valueOf(row.getString("misfire")),
                job(row),
                Rows.time(row, "next_at"),
                Rows.time(row, "now"));
    }

    private static NewJob job(ResultSet row) throws SQLException {
        return new NewJob(
                row.getString("type"),
                row.getInt("version"),
                row.getString("queue"),
                row.getInt("priority"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("timeout_ms")),
                row.getString("payload"),
                Rows.split(row.getString("tags")),
                row.getString("unique_key"),
                period(row),
                null,
                null,
                null);
    }

    private static @Nullable Duration period(ResultSet row) throws SQLException {
        long millis = row.getLong("unique_ms");
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }
}
