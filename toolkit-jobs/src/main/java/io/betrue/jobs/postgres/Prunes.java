package io.betrue.jobs.postgres;

import io.betrue.jobs.JobState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Removes what has been kept long enough, in steps that hold few rows for a short time. Safe for use by multiple threads. */
final class Prunes {
    private static final int STEP = 1_000;
    private static final List<JobState> ENDED = List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);
    /** Lines of a job are younger than it; those of jobs that were not kept go after this. */
    private static final Duration LINES_LONGER = Duration.ofDays(7);

    private static final String JOBS = """
            with old as materialized (
                select id from {s}.job_finished where state = ? and finished_at < {s}.clock() - ? * interval '1 millisecond'
                order by finished_at limit ? for update skip locked),
            gone as (delete from {s}.job_finished where id = any(array(select id from old))),
            silent as (delete from {s}.job_event where job_id = any(array(select id from old)))
            select count(*) from old
            """;

    private static final String KEYS = """
            with old as materialized (
                select key from {s}.job_key where expires_at <= {s}.clock() order by expires_at limit ? for update skip locked),
            gone as (delete from {s}.job_key where key = any(array(select key from old)) and expires_at <= {s}.clock())
            select count(*) from old
            """;

    private static final String LINES = """
            with old as materialized (
                select id from (select id, at from {s}.job_event order by id limit ?) as oldest
                where at < {s}.clock() - ? * interval '1 millisecond'),
            gone as (delete from {s}.job_event where id = any(array(select id from old)))
            select count(*) from old
            """;

    private final Database database;
    private final Keep keep;

    Prunes(Database database, Keep keep) {
        this.database = database;
        this.keep = keep;
    }

    /** {@return how many jobs were removed} */
    long all() {
        long removed = 0;
        for (JobState state : ENDED) {
            int step = STEP;
            while (step == STEP) {
                step = jobs(state);
                removed += step;
            }
        }
        return removed;
    }

    /**
     * Removes until nothing is left or time is up.
     *
     * @param end by the JVM's clock
     * @return whether nothing is left
     */
    boolean run(long end) {
        boolean full = true;
        while (full && System.nanoTime() - end < 0) {
            full = false;
            for (JobState state : ENDED) {
                full |= jobs(state) == STEP;
            }
            full |= database.statement("prune", this::keys) == STEP;
            full |= database.statement("prune", this::lines) == STEP;
        }
        return !full;
    }

    private int jobs(JobState state) {
        return database.statement(
                "prune",
                connection -> Rows.planned(
                                connection,
                                database.sql(JOBS),
                                row -> row.getInt(1),
                                state.name(),
                                Inserts.millis(keep.time(state)),
                                STEP)
                        .get(0));
    }

    private int keys(Connection connection) throws SQLException {
        return Rows.planned(connection, database.sql(KEYS), row -> row.getInt(1), STEP)
                .get(0);
    }

    private int lines(Connection connection) throws SQLException {
        Duration longest =
                ENDED.stream().map(keep::time).max(Duration::compareTo).orElse(Duration.ZERO);
        return Rows.planned(
                        connection,
                        database.sql(LINES),
                        row -> row.getInt(1),
                        STEP,
                        Inserts.millis(longest.plus(LINES_LONGER)))
                .get(0);
    }
}
