package io.betrue.jobs.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Changes single jobs from outside. A job is locked first and looked at then, so that what a worker did a moment ago is seen. Safe for use by multiple threads.
 */
final class Changes {
    /** A job that moves from one table to another may be missed in both, once. */
    private static final int LOOKS = 3;

    private static final String COLUMNS =
            "id, enqueued_at, started_at, lease, timeout_ms, version, priority, attempts, queue, type, payload, unique_key, trace, tags";

    private static final String LOCK_HOT = "select worker is null from {s}.job where id = ? for update";
    private static final String LOCK_DELAYED = "select true from {s}.job_delayed where id = ? for update";
    private static final String WANT_CANCELLED =
            "with wanted as (update {s}.job set flags = flags | 2 where id = ?) select pg_notify(?, 'c' || ?::bigint)";

    private static final String TAKE_KEY =
            "insert into {s}.job_key (key, job_id) select unique_key, id from {s}.job_finished where id = ? on conflict do nothing";

    private static final String RETRIABLE =
            "select flags & 1 <> 0 from {s}.job_finished where id = ? and state in ('DEAD', 'CANCELLED') for update";

    private static final String EVENT =
            "insert into {s}.job_event (job_id, at, attempt, kind, text) values (?, {s}.clock(), ?, 'CONTROL', ?)";

    private static final String WAKE = "select pg_notify(?, 'q' || queue) from {s}.job where id = ?";

    private static final String WAKE_LATER = """
            select pg_notify(?, 'd' || greatest(0, ceil(extract(epoch from run_at - {s}.clock()) * 1000)))
            from {s}.job_delayed where id = ? and run_at < {s}.clock() + interval '10 seconds'
            """;

    private static final String FORGET = """
            with silent as (delete from {s}.job_event where job_id = ?)
            delete from {s}.job_progress where job_id = ?
            """;

    private static final String FREE_KEY =
            "delete from {s}.job_key where job_id = ? and key = ? and expires_at is null";

    private final Database database;
    private final Keep keep;

    private enum Place {
        READY,
        RUNNING,
        DELAYED,
        ELSEWHERE
    }

    Changes(Database database, Keep keep) {
        this.database = database;
        this.keep = keep;
    }

    boolean cancel(long id) {
        return database.transaction("cancel", connection -> {
            switch (place(connection, id)) {
                case READY -> end(connection, id, "job");
                case DELAYED -> end(connection, id, "job_delayed");
                case RUNNING ->
                    Rows.run(
                            connection,
                            database.sql(WANT_CANCELLED),
                            id,
                            database.schema().channel(),
                            id);
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    boolean retry(long id) {
        return database.transaction("retry", connection -> {
            List<Boolean> holds = Rows.list(connection, database.sql(RETRIABLE), row -> row.getBoolean(1), id);
            if (!holds.isEmpty()) {
                if (holds.get(0) && Rows.update(connection, database.sql(TAKE_KEY), id) == 0) {
                    return false;
                }
                toReady(connection, id, "job_finished", false);
            } else if (place(connection, id) == Place.DELAYED) {
                toReady(connection, id, "job_delayed", false);
            } else {
                return false;
            }
            Rows.update(connection, database.sql(EVENT), id, 0, "retried");
            return true;
        });
    }

    boolean reschedule(long id, Instant time) {
        return database.transaction("reschedule", connection -> {
            boolean past = Rows.list(
                            connection, database.sql("select ? <= {s}.clock()"), row -> row.getBoolean(1), time)
                    .get(0);
            Place place = place(connection, id);
            if (place == Place.DELAYED && past) {
                toReady(connection, id, "job_delayed", true);
            } else if (place == Place.DELAYED) {
                Rows.update(connection, database.sql("update {s}.job_delayed set run_at = ? where id = ?"), time, id);
            } else if (place == Place.READY && !past) {
                toDelayed(connection, id, time);
            } else if (place != Place.READY) {
                return false;
            }
            Rows.run(connection, database.sql(WAKE_LATER), database.schema().channel(), id);
            Rows.update(connection, database.sql(EVENT), id, 0, "rescheduled for " + time);
            return true;
        });
    }

    boolean discard(long id) {
        return database.transaction("discard", connection -> {
            Place place = place(connection, id);
            if (place == Place.RUNNING) {
                return false;
            }
            String table = switch (place) {
                case READY -> "job";
                case DELAYED -> "job_delayed";
                default -> "job_finished";
            };
            List<String> keys = Rows.list(
                    connection,
                    database.sql("delete from {s}." + table
                            + " where id = ? returning case when flags & 1 <> 0 then unique_key else '' end"),
                    row -> row.getString(1),
                    id);
            if (keys.isEmpty()) {
                return false;
            }
            Rows.update(connection, database.sql(FREE_KEY), id, keys.get(0));
            Rows.update(connection, database.sql(FORGET), id, id);
            return true;
        });
    }

    /** Locks a job that has not ended, where it stands. */
    private Place place(Connection connection, long id) throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            List<Boolean> hot = Rows.list(connection, database.sql(LOCK_HOT), row -> row.getBoolean(1), id);
            if (!hot.isEmpty()) {
                return hot.get(0) ? Place.READY : Place.RUNNING;
            }
            if (!Rows.list(connection, database.sql(LOCK_DELAYED), row -> row.getBoolean(1), id)
                    .isEmpty()) {
                return Place.DELAYED;
            }
        }
        return Place.ELSEWHERE;
    }

    private void end(Connection connection, long id, String table) throws SQLException {
        String taken = "with x as (delete from {s}." + table + " where id = ? returning *), ";
        String kept = keep.keepsCancelled()
                ? "kept as (insert into {s}.job_finished (" + COLUMNS
                        + ", attempt, flags, finished_at, state, error) select " + COLUMNS
                        + ", attempt, flags & 1, {s}.clock(), 'CANCELLED', 'cancelled while it waited' from x), "
                : "";
        Rows.run(
                connection,
                database.sql(taken + kept + Endings.FREE_KEYS.formatted("x", "") + " select id from x"),
                id);
        Rows.update(connection, database.sql(EVENT), id, 0, "cancelled while it waited");
    }

    private void toReady(Connection connection, long id, String table, boolean counts) throws SQLException {
        String sql =
                "with x as (delete from {s}." + table + " where id = ? returning *) insert into {s}.job (" + COLUMNS
                        + ", attempt, flags) select " + COLUMNS + (counts ? ", attempt" : ", 0") + ", flags & 1 from x";
        Rows.update(connection, database.sql(sql), id);
        Rows.run(connection, database.sql(WAKE), database.schema().channel(), id);
    }

    private void toDelayed(Connection connection, long id, Instant time) throws SQLException {
        String sql = "with x as (delete from {s}.job where id = ? returning *) insert into {s}.job_delayed (" + COLUMNS
                + ", attempt, flags, run_at) select " + COLUMNS + ", attempt, flags & 1, ?::timestamptz from x";
        Rows.update(connection, database.sql(sql), id, time);
    }
}
