package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobType;
import io.betrue.testsupport.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** What cut connections cost, and how soon a worker is itself again. */
class CutConnectionsIT {
    private static final JobType<String> NOTE = JobType.of("note", String.class);
    private static final int POOL = 10;

    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs", source -> PostgresJobs.migrate(source, "jobs"));

    private HikariDataSource pool;

    @BeforeEach
    void openPool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(POOL);
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    /** Cuts all connections of the pool, just after each was used. */
    private void cut() throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            all.add(pool.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where pid <> pg_backend_pid() and datname = current_database()");
        }
    }

    @Test
    void costOneFailureThoughAPoolIsFullOfThem() throws SQLException {
        Database database = new Database(new Connections(pool), new Schema("jobs"));
        cut();
        int failures = 0;
        for (int i = 0; i < POOL; i++) {
            try {
                database.statement("ask", connection -> Rows.list(connection, "select 1", row -> row.getInt(1)));
            } catch (JobException e) {
                failures++;
            }
        }

        assertThat(failures).isLessThanOrEqualTo(1);
    }

    /** A source that can be shut. */
    private static final class Gate extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        final AtomicBoolean shut = new AtomicBoolean(true);

        @Override
        public Connection getConnection() throws SQLException {
            if (shut.get()) {
                throw new SQLException("shut", "08001");
            }
            return super.getConnection();
        }
    }

    @Test
    void looksForAllJobsWhenItListensAgain() throws Exception {
        Gate gate = new Gate();
        gate.setUrl(DATABASE.jdbcUrl());
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try (PostgresJobs jobs = PostgresJobs.create(pool, config -> config.listenOn(gate))) {
            jobs.enqueue(NOTE, "found when it starts");
            jobs.worker(config ->
                            config.handle(NOTE, (job, note) -> ran.add(note)).poll(Duration.ofMinutes(10)))
                    .start();
            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("found when it starts");
            jobs.enqueue(NOTE, "nobody hears of it");
            assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();

            gate.shut.set(false);

            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("nobody hears of it");
        }
    }

    /** What {@code docs/jobs-production.md} advises, with shorter times. */
    private static HikariDataSource impatient(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&socketTimeout=3");
        config.setMaximumPoolSize(5);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(1_000);
        return new HikariDataSource(config);
    }

    private static void awaitListener() throws SQLException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity where datname ="
                        + " current_database() and state = 'idle' and query like 'listen %'")) {
                    row.next();
                    if (row.getInt(1) == 1) {
                        return;
                    }
                }
                assertThat(System.nanoTime()).as("somebody listens").isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void noticesConnectionsThatAreSilentWithoutBeingClosed() throws Exception {
        URI address = URI.create(DATABASE.jdbcUrl().substring("jdbc:".length()));
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try (SilentProxy proxy = new SilentProxy(address.getPort(), 0);
                HikariDataSource through =
                        impatient(DATABASE.jdbcUrl().replace(":" + address.getPort(), ":" + proxy.port()));
                PostgresJobs enqueues = PostgresJobs.create(pool, config -> {});
                PostgresJobs jobs = PostgresJobs.create(through, config -> {})) {
            jobs.worker(config ->
                            config.handle(NOTE, (job, note) -> ran.add(note)).poll(Duration.ofMinutes(10)))
                    .start();
            enqueues.enqueue(NOTE, "before");
            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("before");
            awaitListener();
            proxy.silence();
            enqueues.enqueue(NOTE, "into the silence");

            assertThat(ran.poll(60, TimeUnit.SECONDS)).isEqualTo("into the silence");
        }
    }

    private static HikariConfig patient(String url) {
        // tag::patient[]
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(new PatientDataSource(source));
        // end::patient[]
        return config;
    }

    @Test
    void findsADatabaseSoonThatWasAway() throws Exception {
        URI address = URI.create(DATABASE.jdbcUrl().substring("jdbc:".length()));
        int port;
        HikariConfig config;
        try (SilentProxy proxy = new SilentProxy(address.getPort(), 0)) {
            port = proxy.port();
            config = patient(DATABASE.jdbcUrl().replace(":" + address.getPort(), ":" + port));
            try (Connection connection = config.getDataSource().getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread asks = new Thread(() -> {
            try (Connection connection = config.getDataSource().getConnection()) {
                answer.complete(connection.isValid(5));
            } catch (SQLException e) {
                answer.completeExceptionally(e);
            }
        });
        asks.start();
        assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        try (SilentProxy proxy = new SilentProxy(address.getPort(), port)) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.port()).isEqualTo(port);
        }
    }

    @Test
    void doesNotWaitForADatabaseThatWasNeverThere() {
        HikariConfig config = patient("jdbc:postgresql://127.0.0.1:1/none");
        long began = System.nanoTime();
        assertThatThrownBy(() -> config.getDataSource().getConnection()).isInstanceOf(SQLException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }
}
