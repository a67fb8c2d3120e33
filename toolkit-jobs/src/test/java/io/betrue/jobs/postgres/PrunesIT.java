package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is removed, when, and in which steps. */
class PrunesIT extends TablesFixture {
    private CountingSource counting;
    private Prunes prunes;

    @BeforeEach
    void open() {
        counting = new CountingSource(pool);
        prunes = prunes(KEEP);
    }

    private Prunes prunes(Keep keep) {
        return new Prunes(new Database(new Connections(counting.source()), SCHEMA), keep);
    }

    private static long later() {
        return System.nanoTime() + Duration.ofMinutes(1).toNanos();
    }

    /** Makes jobs that ended, numbered from one number to another. */
    private void ended(int from, int to, JobState state, String ago) throws SQLException {
        execute(
                "insert into jobs.job_finished (id, finished_at, enqueued_at, lease, timeout_ms, version, priority, attempt, attempts, flags,"
                        + " state, queue, type, payload) select n, now() - interval '" + ago
                        + "', now() - interval '1 year', 1, 1, 1, 0, 1, 1, 0, '"
                        + state + "', 'q', 't', '{}' from generate_series(" + from + ", " + to + ") as n");
    }

    private void lines(int from, int to, String ago) throws SQLException {
        execute("insert into jobs.job_event (job_id, at, attempt, kind, text) select n, now() - interval '" + ago
                + "', 1, 'LOG', 'line' from generate_series(" + from + ", " + to + ") as n");
    }

    @Test
    void removesEachStateAtItsAgeWithItsLines() throws Exception {
        ended(1, 10, JobState.SUCCEEDED, "25 hours");
        ended(11, 20, JobState.SUCCEEDED, "23 hours");
        ended(21, 30, JobState.CANCELLED, "8 days");
        ended(31, 40, JobState.CANCELLED, "6 days");
        ended(41, 50, JobState.DEAD, "31 days");
        ended(51, 60, JobState.DEAD, "29 days");
        lines(1, 60, "20 days");
        assertThat(prunes.run(later())).isTrue();
        assertThat(number("select count(*) from jobs.job_finished")).isEqualTo(30);
        assertThat(number("select count(*) from jobs.job_finished where (id - 1) / 10 % 2 = 1"))
                .isEqualTo(30);
        assertThat(number("select count(*) from jobs.job_event where (job_id - 1) / 10 % 2 = 1"))
                .isEqualTo(30);
        assertThat(number("select count(*) from jobs.job_event")).isEqualTo(30);
    }

    @Test
    void goesInStepsOfAThousand() throws Exception {
        ended(1, 2_500, JobState.SUCCEEDED, "2 days");
        counting.trips();
        assertThat(prunes.all()).isEqualTo(2_500);
        assertThat(counting.trips())
                .as("three steps, and one for each other state")
                .isEqualTo(5);
        ended(1, 2_500, JobState.SUCCEEDED, "2 days");
        assertThat(prunes.run(later())).isTrue();
        assertThat(number("select count(*) from jobs.job_finished")).isZero();
    }

    @Test
    void stopsWhenItsTimeIsUpAndSaysThatMoreIsLeft() throws Exception {
        ended(1, 2_500, JobState.SUCCEEDED, "2 days");
        assertThat(prunes.run(System.nanoTime() - 1)).isFalse();
        assertThat(number("select count(*) from jobs.job_finished")).isEqualTo(2_500);
    }

    @Test
    void removesKeysWhosePeriodIsOver() throws Exception {
        execute("insert into jobs.job_key (key, job_id, expires_at) select 'over:' || n, n, now() - interval '1 second'"
                + " from generate_series(1, 1500) as n");
        execute("insert into jobs.job_key values ('runs', 1, null), ('day', 2, now() + interval '1 day')");
        assertThat(prunes.run(later())).isTrue();
        assertThat(number("select count(*) from jobs.job_key")).isEqualTo(2);
    }

    @Test
    void removesLinesOfJobsThatWereNotKept() throws Exception {
        lines(1, 1_500, "38 days");
        lines(2_001, 2_010, "36 days");
        assertThat(prunes.run(later())).isTrue();
        assertThat(number("select count(*) from jobs.job_event")).isEqualTo(10);
        assertThat(prunes(new Keep(Map.of(JobState.DEAD, Duration.ofDays(1)))).run(later()))
                .isTrue();
        assertThat(number("select count(*) from jobs.job_event")).isZero();
    }

    @Test
    void passesOverRowsThatAnotherTransactionHolds() throws Exception {
        ended(1, 10, JobState.SUCCEEDED, "2 days");
        try (var holder = DATABASE.dataSource().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select id from jobs.job_finished where id <= 4 for update");
            assertThat(prunes.all()).isEqualTo(6);
            holder.rollback();
        }
        assertThat(prunes.all()).isEqualTo(4);
    }
}
