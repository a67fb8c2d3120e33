package io.betrue.examples.microservices;

import io.betrue.examples.accounts.AccountsMigrations;
import io.betrue.examples.chat.ChatMigrations;
import io.betrue.examples.files.FilesMigrations;
import io.betrue.examples.ledger.LedgerMigrations;
import io.betrue.jobs.events.Events;
import io.betrue.jobs.postgres.PostgresJobs;
import javax.sql.DataSource;

/** The tables of each service, in a database of its own. Several processes may bring one up to date at once. */
enum Tables {
    /** Users and their sessions; letters are jobs. */
    ACCOUNTS {
        @Override
        void bringUpToDate(DataSource database) {
            AccountsMigrations.migrate(database);
            PostgresJobs.migrate(database, JOBS);
        }
    },

    /** The journal; statements and the nightly count are jobs. */
    LEDGER {
        @Override
        void bringUpToDate(DataSource database) {
            LedgerMigrations.migrate(database);
            PostgresJobs.migrate(database, JOBS);
        }
    },

    /** Rooms and messages; what is told to clients are events, which are jobs. */
    CHAT {
        @Override
        void bringUpToDate(DataSource database) {
            ChatMigrations.migrate(database);
            PostgresJobs.migrate(database, JOBS);
            Events.migrate(database, EVENTS);
        }
    },

    /** What files are; the sweep of what uploads leave is a job. */
    FILES {
        @Override
        void bringUpToDate(DataSource database) {
            FilesMigrations.migrate(database);
            PostgresJobs.migrate(database, JOBS);
        }
    };

    /** The PostgreSQL schema of a service's jobs. */
    static final String JOBS = "jobs";

    /** The PostgreSQL schema of a service's events. */
    static final String EVENTS = "events";

    abstract void bringUpToDate(DataSource database);
}
