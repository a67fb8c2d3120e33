package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Where the tables of an outbox are, and how they come there.
 *
 * @param name an identifier that needs no quotes
 */
record OutboxSchema(String name) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

    OutboxSchema {
        if (!IDENTIFIER.matcher(name).matches() || name.startsWith("pg_")) {
            throw new IllegalArgumentException("schema must be 1 to 48 lower-case letters, digits and _ after a letter"
                    + " or _, not beginning with pg_, was \"" + name + '"');
        }
    }

    /** Puts the schema where {@code {s}} stands; in quotes, since it may be a word of SQL. */
    String sql(String template) {
        return template.replace("{s}", '"' + name + '"');
    }

    void migrate(DataSource dataSource) {
        try {
            create(dataSource);
            Flyway.configure(OutboxSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(name)
                    .createSchemas(false)
                    .table("flyway_history")
                    .locations("classpath:io/betrue/jobs/nats/outbox")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (SQLException | FlywayException e) {
            throw new JobException("the tables of schema " + name + " cannot be brought up to date", e);
        }
    }

    /** Under a lock: {@code if not exists} alone fails when two processes say it at the same time. */
    private void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                if (!exists(connection)) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql("create schema {s}"));
                    }
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

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                        connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))");
                PreparedStatement look = connection.prepareStatement("select 1 from pg_namespace where nspname = ?")) {
            lock.setString(1, "betrue_jobs_" + name);
            lock.execute();
            look.setString(1, name);
            try (ResultSet found = look.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Says what failed without the values in it: these are in the cause, for whoever may see logs. */
    JobException failure(String what, SQLException e) {
        String state = e.getSQLState();
        String cure = "42P01".equals(state) || "3F000".equals(state)
                ? "; are the tables there? NatsOutbox.migrate makes them"
                : "";
        return new JobException(
                what + " failed: PostgreSQL did not do it in schema " + name + " (SQLSTATE " + state + ')' + cure, e);
    }
}
