package io.betrue.examples.accounts;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this service: the PostgreSQL schema {@code accounts}, with a history of its own inside it. */
public final class AccountsMigrations {
    private AccountsMigrations() {}

    /**
     * Brings the schema up to date; does nothing when it is. Several processes may call it at once.
     *
     * @param dataSource a database in which this user may create a schema
     */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(AccountsMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .schemas("accounts")
                .table("flyway_history")
                .locations("classpath:io/betrue/examples/accounts/migrations")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
