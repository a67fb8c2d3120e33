package io.betrue.jobs.postgres;

import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date. */
final class Migrations {
    private Migrations() {}

    static void run(DataSource dataSource, Schema schema) {
        try {
            createSchema(dataSource, schema);
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(schema.name())
                    .createSchemas(false)
                    .table("flyway_history")
                    .locations("classpath:io/betrue/jobs/postgres/migrations")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (SQLException | FlywayException e) {
            throw new JobException("the tables of schema " + schema.name() + " cannot be brought up to date", e);
        }
    }

    /** Under a lock: {@code if not exists} alone fails when two processes say it at the same time. */
    private static void createSchema(DataSource dataSource, Schema schema) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                Rows.run(connection, "select pg_advisory_xact_lock(hashtextextended(?, 0))", schema.channel());
                if (!exists(connection, schema)) {
                    Rows.update(connection, schema.sql("create schema {s}"));
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(auto);
            }
        }
    }

    private static boolean exists(Connection connection, Schema schema) throws SQLException {
        return !Rows.list(
                        connection, "select 1 from pg_namespace where nspname = ?", row -> row.getInt(1), schema.name())
                .isEmpty();
    }
}
