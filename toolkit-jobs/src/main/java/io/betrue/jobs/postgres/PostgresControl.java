package io.betrue.jobs.postgres;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.WorkerInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The view of the tables from outside. Safe for use by multiple threads. */
final class PostgresControl implements JobControl {
    private static final String PAUSE = """
            with changed as (
                insert into {s}.queue as q (name, paused) values (?, ?) on conflict (name) do update set paused = excluded.paused
                where q.paused <> excluded.paused returning name)
            select pg_notify(?, w.word) from (values ('b'), ('q' || ?)) as w(word), (select count(*) from changed) as c
            """;

    private static final String QUEUES = """
            with hot as (
                select queue, count(*) filter (where worker is null) as queued, count(*) filter (where worker is not null) as running,
                    min(coalesce(due_at, enqueued_at)) filter (where worker is null) as oldest
                from {s}.job group by queue),
            cold as (select queue, count(*) as delayed from {s}.job_delayed group by queue),
            names as (
                select queue as name from hot union select queue from cold union select unnest(queues) from {s}.worker
                union select name from {s}.queue where paused)
            select n.name, coalesce(q.paused, false) as paused, coalesce(h.queued, 0) as queued, coalesce(c.delayed, 0) as delayed,
                coalesce(h.running, 0) as running, (extract(epoch from {s}.clock() - h.oldest) * 1000)::bigint as oldest_ms
            from names n left join hot h on h.queue = n.name left join cold c on c.queue = n.name left join {s}.queue q on q.name = n.name
            order by n.name
            """;

    private static final String RATES = """
            select queue, count(*) filter (where state = 'SUCCEEDED') as succeeded, count(*) filter (where state = 'DEAD') as dead
            from {s}.job_finished where state in ('SUCCEEDED', 'DEAD') and finished_at > {s}.clock() - ? * interval '1 millisecond'
            group by queue order by queue
            """;

    private static final String WORKERS = """
            select id, name, array_to_string(array(select unnest(queues) order by 1), ',') as queues, started_at,
                (extract(epoch from {s}.clock() - seen_at) * 1000)::bigint as silent_ms, held, draining
            from {s}.worker order by name, id
            """;

    private final Database database;
    private final Changes changes;
    private final Prunes prunes;

    PostgresControl(PostgresStore store) {
        this.database = store.database();
        this.changes = new Changes(store.database(), store.keep());
        this.prunes = new Prunes(store.database(), store.keep());
    }

    @Override
    public Optional<JobInfo> find(long id) {
        return database.statement("find", connection -> JobRows.find(connection, database.schema(), id));
    }

    @Override
    public List<JobEvent> events(long id) {
        return database.statement("events", connection -> JobRows.events(connection, database.schema(), id));
    }

    @Override
    public List<JobInfo> list(JobQuery query) {
        return database.statement("list", connection -> JobRows.list(connection, database.schema(), query));
    }

    @Override
    public boolean cancel(long id) {
        return changes.cancel(id);
    }

    @Override
    public boolean retry(long id) {
        return changes.retry(id);
    }

    @Override
    public boolean reschedule(long id, Instant time) {
        return changes.reschedule(id, time);
    }

    @Override
    public boolean discard(long id) {
        return changes.discard(id);
    }

    @Override
    public void pause(String queue) {
        database.statement("pause of queue " + queue, connection -> setPaused(connection, queue, true));
    }

    @Override
    public void resume(String queue) {
        database.statement("resume of queue " + queue, connection -> setPaused(connection, queue, false));
    }

    private List<Boolean> setPaused(Connection connection, String queue, boolean paused) throws SQLException {
        return Rows.list(
                connection,
                database.sql(PAUSE),
                row -> true,
                queue,
                paused,
                database.schema().channel(),
                queue);
    }

    @Override
    public List<QueueInfo> queues() {
        return database.statement(
                "queues",
                connection -> Rows.planned(
                        connection,
                        database.sql(QUEUES),
                        row -> new QueueInfo(
                                row.getString("name"),
                                row.getBoolean("paused"),
                                row.getLong("queued"),
                                row.getLong("delayed"),
                                row.getLong("running"),
                                row.getString("oldest_ms") == null
                                        ? null
                                        : Duration.ofMillis(Math.max(0, row.getLong("oldest_ms"))))));
    }

    @Override
    public List<QueueRate> rates(Duration window) {
        return database.statement(
                "rates",
                connection -> Rows.list(
                        connection,
                        database.sql(RATES),
                        row -> new QueueRate(row.getString("queue"), row.getLong("succeeded"), row.getLong("dead")),
                        window.toMillis()));
    }

    @Override
    public List<WorkerInfo> workers() {
        return database.statement(
                "workers", connection -> Rows.list(connection, database.sql(WORKERS), PostgresControl::worker));
    }

    private static WorkerInfo worker(ResultSet row) throws SQLException {
        return new WorkerInfo(
                row.getLong("id"),
                row.getString("name"),
                Rows.split(row.getString("queues")),
                Rows.time(row, "started_at"),
                Duration.ofMillis(Math.max(0, row.getLong("silent_ms"))),
                row.getInt("held"),
                row.getBoolean("draining"));
    }

    @Override
    public long prune() {
        return prunes.all();
    }
}
