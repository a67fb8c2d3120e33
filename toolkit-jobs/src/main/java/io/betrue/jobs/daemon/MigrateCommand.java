package io.betrue.jobs.daemon;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.postgres.PostgresJobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the tables up to date. */
@Command(
        name = "migrate",
        description = "Makes the tables or brings them up to date; harmless when they are.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Override
    public Integer call() {
        try (HikariDataSource pool = connection.pool(2)) {
            PostgresJobs.migrate(pool, connection.schema());
        }
        return 0;
    }
}
