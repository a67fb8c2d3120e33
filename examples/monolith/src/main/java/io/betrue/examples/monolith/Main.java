package io.betrue.examples.monolith;

import io.avaje.inject.BeanScope;
import io.betrue.config.Config;
import io.betrue.config.Environment;
import io.betrue.examples.monolith.postgres.EmbeddedPostgresException;
import io.betrue.staticfiles.StaticFilesException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the application and ends it. */
public final class Main {
    private static final int WRONG_ARGUMENTS = 2;
    private static final int FAILED = 1;
    private static final String HELP = """
            Usage: examples/monolith/run [--ephemeral] [--help]

            Accounts and a ledger over HTTP, on a PostgreSQL of its own unless DATABASE_URL names one.

              --ephemeral  forget all data at the end; without it they stay in DATA_DIR (.data)
              --help       show this text

            Settings are environment variables or lines of a .env file; docs/envs.md beside the script lists them.
            Ctrl-C or SIGTERM lets requests in flight finish; a second one ends it at once.
            Exit status: 0 stopped in good order, 1 failed or cut off, 2 wrong arguments.
            """;

    // Avaje Inject tells the JDK's own logging about every start; held here because that forgets unused loggers.
    private static final Logger WIRING_LOG = Logger.getLogger("io.avaje.inject");

    private Main() {}

    /**
     * Runs the application until it is told to stop.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        List<String> unknown = List.of(args).stream()
                .filter(arg -> !List.of("--ephemeral", "--help").contains(arg))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("monolith: unknown argument \"" + unknown.get(0) + "\"; --help shows what there is");
            System.exit(WRONG_ARGUMENTS);
        }
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        MonolithConfig config =
                Config.loadOrExit(Environment.system().withDotEnv(Path.of(".env")), MonolithConfig::new);
        // Logback reads these once, when the first logger is made: before this line there must be none.
        System.setProperty("LOG_FORMAT", config.logging.format.name().toLowerCase(Locale.ROOT));
        System.setProperty("LOG_LEVEL", config.logging.level.name());
        WIRING_LOG.setLevel(Level.WARNING);
        System.exit(run(config, new Launch(List.of(args).contains("--ephemeral"))));
    }

    private static int run(MonolithConfig config, Launch launch) {
        try (BeanScope scope = BeanScope.builder()
                .bean(MonolithConfig.class, config)
                .bean(Launch.class, launch)
                .build()) {
            return new Run(config, scope.get(Monolith.class)).untilStopped();
        } catch (StartException | EmbeddedPostgresException | StaticFilesException e) {
            System.err.println("monolith: " + e.getMessage());
            return FAILED;
        }
    }
}
