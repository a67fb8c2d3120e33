package io.betrue.examples.files;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this service: the PostgreSQL schema {@code files}, with a history of its own inside it. */
public final class FilesMigrations {
    private FilesMigrations() {}

    /**
     * Brings the schema up to date; does nothing when it is. Several processes may call it at once.
     *
     * @param dataSource a database in which this user may create a schema
     */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(FilesMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .schemas("files")
                .table("flyway_history")
                .locations("classpath:io/betrue/examples/files/migrations")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
