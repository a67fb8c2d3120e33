package io.betrue.examples.monolith;

import io.betrue.examples.accounts.AccountsMigrations;
import io.betrue.examples.chat.ChatMigrations;
import io.betrue.examples.files.FilesMigrations;
import io.betrue.examples.ledger.LedgerMigrations;
import io.betrue.jobs.events.Events;
import io.betrue.jobs.postgres.PostgresJobs;
import javax.sql.DataSource;

/** The tables of all services, in one database. */
final class Tables {
    private Tables() {}

    static void bringUpToDate(DataSource database) {
        AccountsMigrations.migrate(database);
        LedgerMigrations.migrate(database);
        ChatMigrations.migrate(database);
        FilesMigrations.migrate(database);
        PostgresJobs.migrate(database, BackgroundWork.SCHEMA);
        Events.migrate(database, Wiring.EVENTS);
    }
}
