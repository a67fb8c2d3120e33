package io.betrue.jobs.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back the jobs of workers that have gone silent. Rows that a transaction holds, since it ends a job, are left for the next time, and so is their
 * worker. Safe for use by multiple threads.
 */
final class Rescue {
    private static final Logger LOG = LoggerFactory.getLogger(Rescue.class);

    private static final String SILENT = """
            select id, name from {s}.worker
            where id <> ? and seen_at < {s}.clock() - 3 * beat_ms * interval '1 millisecond' and 3 * beat_ms::bigint <= ?
            order by id for update skip locked
            """;

    private static final String BRING_BACK = """
            with held as materialized (
                select j.id, w.name as who from {s}.job j join unnest(?::bigint[], ?::text[]) as w(id, name) on j.worker = w.id
                order by j.id for update of j skip locked),
            done as (delete from {s}.job where id = any(array(select id from held)) returning *),
            x as materialized (
                select d.*, h.who,
                    (case when b.times > 0 then least(300000, 1000 * power(2, least(b.times, 20))) else 0 end)::bigint as delay_ms,
                    case when d.flags & 2 <> 0 then 'CANCELLED' when d.attempt >= d.attempts then 'DEAD' end as final,
                    d.attempt as counted, 'RESCUED' as kind, null::text as detail,
                    'worker ' || h.who || ' died or was cut off' || case when d.attempt >= d.attempts then ' in the last attempt' else '' end as error
                from done d join held h on h.id = d.id
                cross join lateral (select count(*) as times from {s}.job_event e where e.job_id = d.id and e.kind = 'RESCUED') as b),
            """ + Endings.MOVE_X;

    private static final String FORGET = """
            delete from {s}.worker w
            where w.id = any(?::bigint[]) and not exists (select from {s}.job j where j.worker = w.id)
            """;

    private final Database database;
    private final Keep keep;

    private record Worker(long id, String name) {}

    Rescue(Database database, Keep keep) {
        this.database = database;
        this.keep = keep;
    }

    /**
     * Rescues from all workers that have been silent for three of their intervals.
     *
     * @param judge who asks, and is alive
     * @param steady how long the judge has heard the database without a gap: a worker is only judged after it could have been heard that long
     * @return how many jobs came back
     */
    int fromSilent(long judge, Duration steady) {
        return database.transaction("rescue", connection -> {
            List<Worker> silent = Rows.list(
                    connection,
                    database.sql(SILENT),
                    row -> new Worker(row.getLong(1), row.getString(2)),
                    judge,
                    steady.toMillis());
            int jobs = bringBack(connection, silent);
            if (!silent.isEmpty()) {
                LOG.warn("{} jobs taken back from silent workers {}", jobs, silent);
            }
            return jobs;
        });
    }

    /** Lets one worker go, with what it may still hold. */
    void goodbye(long worker, String name) {
        database.transaction("goodbye", connection -> bringBack(connection, List.of(new Worker(worker, name))));
    }

    private int bringBack(Connection connection, List<Worker> workers) throws SQLException {
        if (workers.isEmpty()) {
            return 0;
        }
        Long[] ids = workers.stream().map(Worker::id).toArray(Long[]::new);
        int jobs = Rows.planned(
                        connection,
                        database.sql(BRING_BACK),
                        row -> row.getLong(1),
                        ids,
                        workers.stream().map(Worker::name).toArray(String[]::new),
                        keep.keepsCancelled(),
                        keep.keepsDead(),
                        database.schema().channel())
                .size();
        Rows.update(connection, database.sql(FORGET), (Object) ids);
        return jobs;
    }
}
