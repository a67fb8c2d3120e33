package io.betrue.examples.chat;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of this service: the PostgreSQL schema {@code chat}, with a history of its own inside it. */
public final class ChatMigrations {
    private ChatMigrations() {}

    /**
     * Brings the schema up to date; does nothing when it is. Several processes may call it at once.
     *
     * @param dataSource a database in which this user may create a schema
     */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(ChatMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .schemas("chat")
                .table("flyway_history")
                .locations("classpath:io/betrue/examples/chat/migrations")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
