package io.betrue.jobs.daemon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.postgres.PatientDataSource;
import io.betrue.jobs.postgres.PostgresJobs;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Jobs in PostgreSQL, behind a pool. */
final class PostgresBackend implements Backend {
    private final HikariDataSource pool;
    private final String schema;
    private final Jobs jobs;

    /**
     * Connects.
     *
     * @param size of the pool
     */
    PostgresBackend(Connection connection, int size) {
        this.schema = connection.schema();
        this.pool = pool(connection, size);
        boolean made = false;
        try {
            this.jobs = PostgresJobs.create(pool, config -> config.schema(schema));
            made = true;
        } finally {
            if (!made) {
                pool.close();
            }
        }
    }

    private static HikariDataSource pool(Connection connection, int size) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setPoolName("jobs");
        try {
            config.setDataSource(new PatientDataSource(source(connection)));
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JobException("the database does not answer: " + cause.getMessage(), e);
        } catch (RuntimeException e) { // without the address, in which there may be a password
            throw new IllegalArgumentException(
                    "no driver takes the --url; it looks like jdbc:postgresql://host/database or nats://host:4222", e);
        }
    }

    private static DataSource source(Connection connection) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(connection.url());
        source.setApplicationName("jobs");
        if (connection.user() != null) {
            source.setUser(connection.user());
        }
        if (connection.password() != null) {
            source.setPassword(connection.password());
        }
        return source;
    }

    @Override
    public Jobs jobs() {
        return jobs;
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void migrate(@Nullable Integer replicas) {
        if (replicas != null) {
            throw new IllegalArgumentException("--replicas is for NATS; PostgreSQL's replicas are its own matter");
        }
        PostgresJobs.migrate(pool, schema);
    }

    @Override
    public void check() {
        jobs.schedules().list(); // fails unless the tables are there
    }

    @Override
    public void close() {
        jobs.close();
        pool.close();
    }
}
