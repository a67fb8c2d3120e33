package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import io.betrue.examples.wallet.DatabaseAddress;
import java.time.Duration;
import java.util.Optional;

/** The database, wherever it is. */
final class DatabaseConfig extends ConfigGroup {
    final Optional<DatabaseAddress> url = env("DATABASE_URL")
            .describedAs("PostgreSQL server to use; without it the application starts one of its own")
            .optional()
            .secret()
            .as(ValueType.of(
                    "PostgreSQL URL", "postgres://user:password@db.example.org:5432/money", DatabaseAddress::parse));

    final int poolSize = env("DATABASE_POOL_SIZE")
            .describedAs("Connections to the database at most")
            .orElse(16)
            .between(1, 40)
            .asInt();

    final Duration wait = env("DATABASE_WAIT")
            .describedAs("How long a request waits for a free connection before it is answered with UNAVAILABLE")
            .orElse("2s")
            .between("250ms", "30s")
            .asDuration();

    final Duration startTimeout = env("DATABASE_START_TIMEOUT")
            .describedAs("How long the start waits for the database before the application gives up and exits with 1")
            .orElse("60s")
            .between("1s", "1h")
            .asDuration();

    DatabaseConfig(Environment env) {
        super("Database", env);
    }
}
