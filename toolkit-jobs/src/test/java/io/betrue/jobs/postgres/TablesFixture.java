package io.betrue.jobs.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Empty tables, and a pool of connections to them. */
abstract class TablesFixture {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs", source -> PostgresJobs.migrate(source, "jobs"));

    static final Schema SCHEMA = new Schema("jobs");
    static final Keep KEEP = new Keep(Keep.defaults());
    HikariDataSource pool;

    @BeforeEach
    void openPool() throws SQLException {
        pool = pool(true);
        execute(
                "truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.job_key, jobs.job_event, jobs.job_progress,"
                        + " jobs.queue, jobs.worker, jobs.schedule");
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    static HikariDataSource pool(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(5);
        config.setAutoCommit(autoCommit);
        config.setConnectionInitSql("set lock_timeout = '20s'");
        return new HikariDataSource(config);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    static NewJob job(String queue) {
        return new NewJob("t", 1, queue, 0, 3, Duration.ofSeconds(30), "{}", List.of(), null, null, null, null, null);
    }

    static List<ClaimedJob> claim(StoreSession session, String queue, int room) {
        return session.claim(List.of(new Lane(queue, room, null, Set.of())));
    }
}
