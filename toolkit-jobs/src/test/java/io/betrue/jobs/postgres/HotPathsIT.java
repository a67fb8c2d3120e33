package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.DeafListener;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** How a worker that takes many jobs at a time goes through the tables, on one connection. */
class HotPathsIT {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs_paths", source -> PostgresJobs.migrate(source, "jobs"));

    private static final Lane LANE = new Lane("q", 100, null, Set.of());

    private HikariDataSource pool;
    private PostgresStore store;
    private StoreSession session;

    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        store = new PostgresStore(pool, new Schema("jobs"), new Keep(Keep.defaults()), null);
        session = store.open(new WorkerCard("test", Set.of("q"), Map.of(), Duration.ofSeconds(10)), new DeafListener());
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        number("truncate jobs.job, jobs.job_finished");
        pool.close();
    }

    @Test
    void takesWhatCameToStandBeforeTheLastTakenWhenNothingIsBehind() throws SQLException {
        enqueue(250);
        List<ClaimedJob> first = session.claim(List.of(LANE));
        settle(first, new JobOutcome.Released());
        assertThat(session.claim(List.of(LANE))).hasSize(100);
        assertThat(session.claim(List.of(LANE))).hasSize(100);
        assertThat(session.claim(List.of(LANE))).hasSize(50);
        assertThat(session.claim(List.of(LANE))).isEmpty();
        assertThat(number("select count(*) from jobs.job where worker is null")).isZero();
    }

    @Test
    void neverReadsWholeTablesThroughPlansMadeWhenTheyWereEmpty() throws SQLException {
        long before = wholeReads();
        for (int i = 0; i < 10; i++) { // a plan is kept from the sixth time on at the latest
            assertThat(session.claim(List.of(LANE))).isEmpty();
        }
        enqueue(2_000);
        for (int i = 0; i < 10; i++) {
            assertThat(settle(session.claim(List.of(LANE)), new JobOutcome.Succeeded(null)))
                    .isEqualTo(100);
        }
        assertThat(wholeReads()).isEqualTo(before);
    }

    @Test
    void removesDeadRowsFromTimeToTime() throws SQLException {
        AtomicLong clock = new AtomicLong(System.nanoTime());
        Vacuums vacuums = new Vacuums(store.database(), clock::get);
        enqueue(300);
        settle(session.claim(List.of(new Lane("q", 300, null, Set.of()))), new JobOutcome.Succeeded(null));
        assertThat(vacuums.ended(Vacuums.JOBS)).as("too early").isFalse();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(vacuums.ended(0)).isTrue();

        vacuums.run();

        assertThat(number("select vacuum_count from pg_stat_user_tables where relid = 'jobs.job'::regclass"))
                .isEqualTo(1);
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(vacuums.ended(Vacuums.JOBS - 1)).as("too few").isFalse();
        assertThat(vacuums.ended(1)).isTrue();
    }

    @Test
    void leavesDeadRowsToPostgresForAMinuteWhenItCannotRemoveThem() {
        AtomicLong clock = new AtomicLong(System.nanoTime());
        try (PostgresStore wrong = new PostgresStore(pool, new Schema("nowhere"), new Keep(Keep.defaults()), null)) {
            Vacuums vacuums = new Vacuums(wrong.database(), clock::get);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(vacuums.ended(Vacuums.JOBS)).isTrue();
            vacuums.run();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(59));
            assertThat(vacuums.ended(Vacuums.JOBS)).isFalse();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertThat(vacuums.ended(0)).isTrue();
        }
    }

    @Test
    void doesNotAskOftenForWhatItsRoleMayNotDo() throws SQLException {
        AtomicLong clock = new AtomicLong(System.nanoTime());
        Vacuums vacuums = new Vacuums(store.database(), clock::get);
        number("create role plain");
        number("grant usage on schema jobs to plain");
        number("set role plain");
        try {
            clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
            vacuums.ended(Vacuums.JOBS);
            vacuums.run();
            clock.addAndGet(TimeUnit.MINUTES.toNanos(59));
            assertThat(vacuums.ended(Vacuums.JOBS)).isFalse();
            clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
            assertThat(vacuums.ended(0)).isTrue();
        } finally {
            number("reset role");
        }
    }

    @Test
    void tellsWorkersOfThisProcessAtOnceOfJobsWhoseNotificationIsPutOff() {
        CountDownLatch heard = new CountDownLatch(1);
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/none"); // notifications are never heard
        try (PostgresStore deaf = new PostgresStore(pool, new Schema("jobs"), new Keep(Keep.defaults()), nobody)) {
            deaf.open(new WorkerCard("near", Set.of("q"), Map.of(), Duration.ofSeconds(10)), new DeafListener() {
                @Override
                public void jobsWaiting(String queue) {
                    heard.countDown();
                }
            });
            for (int i = 0; i < 1_000 && heard.getCount() > 0; i++) { // until two come within 10 ms
                deaf.insert(List.of(job()));
            }
            assertThat(heard.getCount()).isZero();
        }
    }

    private void enqueue(int count) {
        store.insert(Collections.nCopies(count, job()));
    }

    private static NewJob job() {
        return new NewJob("t", 1, "q", 0, 3, Duration.ofSeconds(30), "{}", List.of(), null, null, null, null, null);
    }

    /** {@return how many were still this worker's} */
    private int settle(List<ClaimedJob> jobs, JobOutcome outcome) {
        List<Settlement> all =
                jobs.stream().map(job -> new Settlement(job, outcome)).toList();
        return all.size() - session.settle(all).size();
    }

    private long wholeReads() throws SQLException {
        number("select 1 from pg_stat_force_next_flush()");
        return number(
                "select sum(seq_scan) from pg_stat_user_tables where schemaname = 'jobs' and relname like 'job%'");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return statement.getUpdateCount();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
