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

    private static final String LOCK_HOT = "select worker is null, attempt from {s}.job where id = ? for update";
    private static final String LOCK_DELAYED = "select attempt from {s}.job_delayed where id = ? for update";
    private static final String WANT_CANCELLED = """
            with wanted as (update {s}.job set flags = flags | 2 where id = ? and flags & 2 = 0 returning id, attempt),
            told as (
                insert into {s}.job_event (job_id, at, attempt, kind, text)
                select id, {s}.clock(), attempt, 'CONTROL', 'asked to end while it ran' from wanted)
            select pg_notify(?, 'c' || ?::bigint)
            """;

    private static final String TAKE_KEY =
            "insert into {s}.job_key (key, job_id) select unique_key, id from {s}.job_finished where id = ? on conflict do nothing";

    private static final String EXPIRE_KEY =
            "delete from {s}.job_key where key = (select unique_key from {s}.job_finished where id = ?) and expires_at <= {s}.clock()";

    private static final String OTHERS_KEY = """
            select true from {s}.job_finished f join {s}.job_key k on k.key = f.unique_key
            where f.id = ? and k.job_id <> f.id and (k.expires_at is null or k.expires_at > {s}.clock())
            """;

    private static final String RETRIABLE =
            "select flags & 1 <> 0, attempt from {s}.job_finished where id = ? and state in ('DEAD', 'CANCELLED') for update";

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

    /** A job where it stands, and how many attempts of it have begun. */
    private record Found(Place place, int attempt) {}

    /** A job that may run again. */
    private record Ended(boolean holdsKey, int attempt) {}

    Changes(Database database, Keep keep) {
        this.database = database;
        this.keep = keep;
    }

    boolean cancel(long id) {
        return database.transaction("cancel", connection -> {
            Found found = find(connection, id);
            switch (found.place()) {
                case READY -> end(connection, id, "job", found.attempt());
                case DELAYED -> end(connection, id, "job_delayed", found.attempt());
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
            List<Ended> ended = Rows.list(
                    connection, database.sql(RETRIABLE), row -> new Ended(row.getBoolean(1), row.getInt(2)), id);
            if (ended.isEmpty()) {
                Found found = find(connection, id);
                if (found.place() != Place.DELAYED) {
                    return false;
                }
                toReady(connection, id, "job_delayed", false);
                event(connection, id, found.attempt(), "retried");
                return true;
            }
            if (!mayHaveItsKey(connection, id, ended.get(0).holdsKey())) {
                return false;
            }
            toReady(connection, id, "job_finished", false);
            event(connection, id, ended.get(0).attempt(), "retried");
            return true;
        });
    }

    /** Takes the key of an ended job that holds one until it ends; looks for others that have it. */
    private boolean mayHaveItsKey(Connection connection, long id, boolean holds) throws SQLException {
        if (holds) {
            Rows.update(connection, database.sql(EXPIRE_KEY), id);
            return Rows.update(connection, database.sql(TAKE_KEY), id) > 0;
        }
        return Rows.list(connection, database.sql(OTHERS_KEY), row -> true, id).isEmpty();
    }

    boolean reschedule(long id, Instant time) {
        return database.transaction("reschedule", connection -> {
            boolean past = Rows.list(
                            connection, database.sql("select ? <= {s}.clock()"), row -> row.getBoolean(1), time)
                    .get(0);
            Found found = find(connection, id);
            Place place = found.place();
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
            event(connection, id, found.attempt(), "rescheduled for " + time);
            return true;
        });
    }

    private void event(Connection connection, long id, int attempt, String text) throws SQLException {
        Rows.update(connection, database.sql(EVENT), id, attempt, text);
    }

    boolean discard(long id) {
        return database.transaction("discard", connection -> {
            Place place = find(connection, id).place();
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
    private Found find(Connection connection, long id) throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            List<Found> hot = Rows.list(
                    connection,
                    database.sql(LOCK_HOT),
                    row -> new Found(row.getBoolean(1) ? Place.READY : Place.RUNNING, row.getInt(2)),
                    id);
            if (!hot.isEmpty()) {
                return hot.get(0);
            }
            List<Found> delayed = Rows.list(
                    connection, database.sql(LOCK_DELAYED), row -> new Found(Place.DELAYED, row.getInt(1)), id);
            if (!delayed.isEmpty()) {
                return delayed.get(0);
            }
        }
        return new Found(Place.ELSEWHERE, 0);
    }

    private void end(Connection connection, long id, String table, int attempt) throws SQLException {
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
        event(connection, id, attempt, "cancelled while it waited");
    }

    private void toReady(Connection connection, long id, String table, boolean counts) throws SQLException {
        String sql =
                "with x as (delete from {s}." + table + " where id = ? returning *) insert into {s}.job (" + COLUMNS
                        + ", due_at, attempt, flags) select " + COLUMNS + ", {s}.clock()"
                        + (counts ? ", attempt" : ", 0") + ", flags & 1 from x";
        Rows.update(connection, database.sql(sql), id);
        Rows.run(connection, database.sql(WAKE), database.schema().channel(), id);
    }

    private void toDelayed(Connection connection, long id, Instant time) throws SQLException {
        String sql = "with x as (delete from {s}.job where id = ? returning *) insert into {s}.job_delayed (" + COLUMNS
                + ", attempt, flags, run_at) select " + COLUMNS + ", attempt, flags & 1, ?::timestamptz from x";
        Rows.update(connection, database.sql(sql), id, time);
    }
}
