package io.betrue.examples.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this service: the PostgreSQL schema {@code ledger}, with a history of its own inside it. */
public final class LedgerMigrations {
    private LedgerMigrations() {}

    /**
     * Brings the schema up to date; does nothing when it is. Several processes may call it at once.
     *
     * @param dataSource a database in which this user may create a schema
     */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(LedgerMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .schemas("ledger")
                .table("flyway_history")
                .locations("classpath:io/betrue/examples/ledger/migrations")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
