package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import io.betrue.examples.wallet.DatabaseAddress;
import java.time.Duration;

/** The database of one service. */
final class StoreConfig extends ConfigGroup {
    final DatabaseAddress url = env("DATABASE_URL")
            .describedAs("PostgreSQL database of this service alone")
            .secret()
            .as(ValueType.of(
                    "PostgreSQL URL", "postgres://user:password@db.example.org:5432/ledger", DatabaseAddress::parse));

    final int poolSize = env("DATABASE_POOL_SIZE")
            .describedAs("Connections to the database at most, for calls; work in the background has its own")
            .orElse(5)
            .between(1, 40)
            .asInt();

    final Duration wait = env("DATABASE_WAIT")
            .describedAs("How long a call waits for a free connection before it is answered with UNAVAILABLE")
            .orElse("2s")
            .between("250ms", "30s")
            .asDuration();

    final Duration startTimeout = env("DATABASE_START_TIMEOUT")
            .describedAs("How long the start waits for the database before the process gives up and exits with 1")
            .orElse("60s")
            .between("1s", "1h")
            .asDuration();

    StoreConfig(Environment env) {
        super("Database", env);
    }
}
