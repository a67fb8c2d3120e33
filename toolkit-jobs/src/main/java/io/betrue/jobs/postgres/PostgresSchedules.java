package io.betrue.jobs.postgres;

import io.betrue.jobs.Schedule;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.MissedTicks;
import io.betrue.jobs.internal.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Recurring jobs, in a table. Safe for use by multiple threads. */
final class PostgresSchedules implements Schedules {
    /** Writes nothing when nothing differs. */
    private static final String PUT = """
            with put as (
                insert into {s}.schedule as s (name, cron, zone, misfire, type, version, queue, priority, attempts, timeout_ms, payload, tags, unique_key,
                    unique_ms, next_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?::text, ?::bigint, ?::timestamptz)
                on conflict (name) do update set
                    cron = excluded.cron, zone = excluded.zone, misfire = excluded.misfire, type = excluded.type, version = excluded.version,
                    queue = excluded.queue, priority = excluded.priority, attempts = excluded.attempts, timeout_ms = excluded.timeout_ms,
                    payload = excluded.payload, tags = excluded.tags, unique_key = excluded.unique_key, unique_ms = excluded.unique_ms,
                    next_at = case when s.cron = excluded.cron and s.zone = excluded.zone then s.next_at else excluded.next_at end
                where (s.cron, s.zone, s.misfire, s.type, s.version, s.queue, s.priority, s.attempts, s.timeout_ms, s.payload, s.tags, s.unique_key,
                        s.unique_ms)
                    is distinct from (excluded.cron, excluded.zone, excluded.misfire, excluded.type, excluded.version, excluded.queue,
                        excluded.priority, excluded.attempts, excluded.timeout_ms, excluded.payload, excluded.tags, excluded.unique_key,
                        excluded.unique_ms)
                returning next_at)
            """ + tellDue("put");

    private static final String REMOVE = "delete from {s}.schedule where name = ?";

    private static final String PAUSE =
            "with put as (update {s}.schedule set paused = ? where name = ? returning next_at)" + tellDue("put");

    private static final String LIST =
            "select name, cron, zone, misfire, type, payload, paused, next_at, last_at, last_job from {s}.schedule order by name";

    private final Database database;
    private final JobCodec codec;

    PostgresSchedules(PostgresStore store, JobCodec codec) {
        this.database = store.database();
        this.codec = codec;
    }

    /** Gives a row for each row that was changed; workers hear of ticks that come before they look by themselves. */
    private static String tellDue(String rows) {
        return """

            select p.next_at,
                case when p.next_at < {s}.clock() + interval '10 seconds'
                    then pg_notify(?, 'd' || greatest(0, ceil(extract(epoch from p.next_at - {s}.clock()) * 1000))) end
            from %s p
            """.formatted(rows);
    }

    @Override
    public void put(Schedule<?> schedule) {
        NewJob job = codec.write(List.of(schedule.request())).get(0);
        database.transaction("put of schedule " + schedule.name(), connection -> put(connection, schedule, job));
    }

    private List<Boolean> put(Connection connection, Schedule<?> schedule, NewJob job) throws SQLException {
        Instant now = Rows.list(connection, database.sql("select {s}.clock() as now"), row -> Rows.time(row, "now"))
                .get(0);
        return Rows.list(
                connection,
                database.sql(PUT),
                row -> true,
                schedule.name(),
                schedule.cron().toString(),
                schedule.zone().getId(),
                schedule.misfire().name(),
                job.type(),
                job.version(),
                job.queue(),
                job.priority(),
                job.attempts(),
                Inserts.millis(job.timeout()),
                job.payload(),
                job.tags().isEmpty() ? null : String.join(",", job.tags()),
                job.uniqueKey(),
                job.uniqueFor() == null ? null : Inserts.millis(job.uniqueFor()),
                MissedTicks.next(schedule.cron(), now, schedule.zone()),
                database.schema().channel());
    }

    @Override
    public boolean remove(String name) {
        return database.statement(
                "removal of schedule " + name, connection -> Rows.update(connection, database.sql(REMOVE), name) > 0);
    }

    @Override
    public boolean pause(String name) {
        return setPaused(name, true);
    }

    @Override
    public boolean resume(String name) {
        return setPaused(name, false);
    }

    private boolean setPaused(String name, boolean paused) {
        return !database.statement(
                        "pause of schedule " + name,
                        connection -> Rows.list(
                                connection,
                                database.sql(PAUSE),
                                row -> true,
                                paused,
                                name,
                                database.schema().channel()))
                .isEmpty();
    }

    @Override
    public List<ScheduleInfo> list() {
        return database.statement(
                "list of schedules",
                connection -> Rows.list(connection, database.sql(LIST), PostgresSchedules::schedule));
    }

    private static ScheduleInfo schedule(ResultSet row) throws SQLException {
        long lastJob = row.getLong("last_job");
        return new ScheduleInfo(
                row.getString("name"),
                row.getString("cron"),
                ZoneId.of(row.getString("zone")),
                Misfire.valueOf(row.getString("misfire")),
                row.getString("type"),
                row.getString("payload"),
                row.getBoolean("paused"),
                Rows.timeOrNull(row, "next_at"),
                Rows.timeOrNull(row, "last_at"),
                lastJob == 0 ? null : lastJob);
    }
}
