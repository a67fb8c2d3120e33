package io.betrue.jobs.daemon;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings tables or streams up to date. */
@Command(
        name = "migrate",
        description = "Makes the tables, or the streams of NATS, or brings them up to date; harmless when they are.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "${env:JOBS_REPLICAS}",
            description = "NATS: how many servers keep each job, 1 to 5; as it is, or 1, by default (JOBS_REPLICAS).")
    private @Nullable Integer replicas;

    @Override
    public Integer call() {
        try (Backend backend = connection.open()) {
            backend.migrate(replicas);
        }
        return 0;
    }
}
