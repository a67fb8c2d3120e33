package io.betrue.jobs.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What any one worker does for all: one look says what there is to do, and when the next is due. Used by one thread at a time.
 */
final class Upkeep {
    /** At the latest: a notification may be lost. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final long BETWEEN_PRUNES = TimeUnit.MINUTES.toNanos(1);
    /** How long one upkeep goes on with a full table before it lets its thread breathe. */
    private static final long LONGEST_RUN = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int STEP = 500;

    private static final String LOOK = """
            select (extract(epoch from (select min(run_at) from {s}.job_delayed) - {s}.clock()) * 1000)::float8 as delayed,
                (extract(epoch from (select min(next_at) from {s}.schedule where not paused) - {s}.clock()) * 1000)::float8 as tick,
                exists (select from {s}.worker where id <> ? and seen_at < {s}.clock() - 3 * beat_ms * interval '1 millisecond'
                    and 3 * beat_ms::bigint <= ?) as silent
            """;

    private static final String PROMOTE = """
            with due as materialized (
                select id from {s}.job_delayed where run_at <= {s}.clock() order by run_at limit ? for update skip locked),
            moved as (delete from {s}.job_delayed where id = any(array(select id from due)) returning *),
            ready as (
                insert into {s}.job
                    (id, enqueued_at, due_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, queue, type, payload,
                    unique_key, trace, tags)
                select id, enqueued_at, run_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, queue, type, payload, unique_key,
                    trace, tags
                from moved order by id),
            woken as materialized (select pg_notify(?, 'q' || queue) from (select distinct queue from moved) as queues)
            select (select count(*) from moved) as moved, (select count(*) from woken) as woken
            """;

    private final Database database;
    private final Ticks ticks;
    private final Prunes prunes;
    private final Rescue rescue;
    private final long worker;
    private long pruned = System.nanoTime();

    private record Found(double delayed, double tick, boolean silent) {}

    Upkeep(PostgresStore store, long worker, Rescue rescue) {
        this.database = store.database();
        this.ticks = new Ticks(store);
        this.prunes = new Prunes(database, store.keep());
        this.rescue = rescue;
        this.worker = worker;
    }

    /** Does what is to be done, and says when there will be more. */
    Duration run(Duration steady) {
        long end = System.nanoTime() + LONGEST_RUN;
        Found found = look(steady);
        if (found.silent()) {
            rescue.fromSilent(worker, steady);
        }
        boolean more = found.tick() <= 0 && ticks.enqueueDue();
        while (found.delayed() <= 0) {
            boolean full = database.statement("promote", this::promote) == STEP;
            if (full && System.nanoTime() - end < 0) {
                continue;
            }
            more |= full;
            break;
        }
        if (!more && System.nanoTime() - pruned > BETWEEN_PRUNES) {
            more = !prunes.run(end);
            pruned = more ? pruned : System.nanoTime();
        }
        return more ? SHORTEST : wait(found.delayed() <= 0 || found.tick() <= 0 ? look(steady) : found);
    }

    private static Duration wait(Found found) {
        double millis = Math.ceil(Math.min((double) LONGEST.toMillis(), Math.min(found.delayed(), found.tick())));
        return Duration.ofMillis(Math.max(SHORTEST.toMillis(), (long) millis));
    }

    private Found look(Duration steady) {
        return database.statement(
                "upkeep",
                connection -> Rows.planned(
                                connection,
                                database.sql(LOOK),
                                row -> {
                                    double delayed = row.getDouble("delayed");
                                    delayed = row.wasNull() ? Double.MAX_VALUE : delayed;
                                    double tick = row.getDouble("tick");
                                    return new Found(
                                            delayed, row.wasNull() ? Double.MAX_VALUE : tick, row.getBoolean("silent"));
                                },
                                worker,
                                steady.toMillis())
                        .get(0));
    }

    private int promote(Connection connection) throws SQLException {
        return Rows.planned(
                        connection,
                        database.sql(PROMOTE),
                        row -> row.getInt(1),
                        STEP,
                        database.schema().channel())
                .get(0);
    }
}
