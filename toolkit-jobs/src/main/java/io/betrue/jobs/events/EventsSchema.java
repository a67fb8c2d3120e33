package io.betrue.jobs.events;

import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Where the tables of events are, and how they come there.
 *
 * @param name an identifier that needs no quotes
 */
record EventsSchema(String name) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

    EventsSchema {
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
            Flyway.configure(EventsSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(name)
                    .createSchemas(false)
                    .table("flyway_history")
                    .locations("classpath:io/betrue/jobs/events/migrations")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (SQLException | FlywayException e) {
            throw new JobException("the tables of schema " + name + " cannot be brought up to date", e);
        }
    }

    /** Under a lock: {@code if not exists} alone fails when two processes say it at the same time. */
    private void create(DataSource dataSource) throws SQLException {
        try (Transaction transaction = new Transaction(dataSource)) {
            Connection connection = transaction.connection();
            Sql.run(connection, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "betrue_events_" + name);
            if (Sql.list(connection, "select 1 from pg_namespace where nspname = ?", row -> 1, name)
                    .isEmpty()) {
                Sql.update(connection, sql("create schema {s}"));
            }
            transaction.commit();
        }
    }

    /** Says what failed without the values in it: these are in the cause, for whoever may see logs. */
    JobException failure(String what, SQLException e) {
        String state = e.getSQLState();
        String cure = "42P01".equals(state) || "3F000".equals(state) || "42883".equals(state)
                ? "; are the tables there? Events.migrate makes them"
                : "";
        return new JobException(
                what + " failed: PostgreSQL did not do it in schema " + name + " (SQLSTATE " + state + ')' + cure, e);
    }
}
