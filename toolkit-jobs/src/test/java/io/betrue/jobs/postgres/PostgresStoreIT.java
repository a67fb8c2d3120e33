package io.betrue.jobs.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.JudgedStoreContract;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of all stores, kept by PostgreSQL. */
class PostgresStoreIT extends JudgedStoreContract {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs", source -> PostgresJobs.migrate(source, "jobs"));

    private static HikariDataSource pool;
    private PostgresStore store;

    @BeforeAll
    static void openPool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(20);
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @BeforeEach
    void openStore() {
        store = new PostgresStore(pool, new Schema("jobs"), new Keep(Keep.defaults()), pool);
    }

    @AfterEach
    void empty() throws SQLException {
        store.close();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.job_key, jobs.job_event, jobs.job_progress,"
                            + " jobs.queue, jobs.worker, jobs.schedule");
        }
    }

    @Override
    protected JobStore store() {
        return store;
    }
}
