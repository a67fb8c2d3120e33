package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.JobStoreModel;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables do what the store in memory does, whatever is done in whatever order. */
class PostgresModelIT extends JobStoreModel {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs", source -> PostgresJobs.migrate(source, "jobs"));

    /** What no sequence of calls may leave behind; each query gives the numbers of what is wrong. */
    private static final List<String> WRONG = List.of(
            "select id from (select id from jobs.job union all select id from jobs.job_delayed union all select id from jobs.job_finished) as j"
                    + " group by id having count(*) > 1",
            "select id from jobs.job j where worker is not null and not exists (select from jobs.worker w where w.id = j.worker)",
            "select job_id from jobs.job_key k where expires_at is null and not exists (select from"
                    + " (select id, flags, unique_key from jobs.job union all select id, flags, unique_key from jobs.job_delayed) as j"
                    + " where j.id = k.job_id and j.unique_key = k.key and j.flags & 1 <> 0)",
            "select id from (select id, flags, unique_key from jobs.job union all select id, flags, unique_key from jobs.job_delayed) as j"
                    + " where flags & 1 <> 0 and not exists (select from jobs.job_key k where k.key = j.unique_key and k.job_id = j.id and"
                    + " k.expires_at is null)",
            "select job_id from jobs.job_progress p where not exists (select from jobs.job j where j.id = p.job_id and worker is not null"
                    + " and flags & 4 <> 0)",
            "select id from jobs.job where worker is null and flags & 6 <> 0 union all select id from jobs.job_delayed where flags & 6 <> 0");

    private static HikariDataSource pool;
    private final List<PostgresStore> stores = new ArrayList<>();
    private @Nullable Instant now;

    @BeforeAll
    static void openPool() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(3);
        pool = new HikariDataSource(config);
        execute("create table jobs.hand (at timestamptz not null)");
        execute("insert into jobs.hand values (now())");
        execute("create or replace function jobs.clock() returns timestamptz language sql stable parallel safe"
                + " as 'select at from jobs.hand'");
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void closeStores() {
        stores.forEach(PostgresStore::close);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected JobStore emptied() {
        try {
            execute(
                    "truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.job_key, jobs.job_event, jobs.job_progress,"
                            + " jobs.queue, jobs.worker, jobs.schedule");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        PostgresStore store = new PostgresStore(pool, new Schema("jobs"), new Keep(Keep.defaults()), null, this::nanos);
        stores.add(store);
        return store;
    }

    private long nanos() {
        return now == null ? 0 : Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    protected void setClock(Instant time) {
        now = time;
        try {
            execute("update jobs.hand set at = '" + time + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void inspect() {
        for (String query : WRONG) {
            assertThat(numbers(query)).as(query).isEmpty();
        }
    }

    private static List<Long> numbers(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
