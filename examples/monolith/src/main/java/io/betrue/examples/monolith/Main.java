package io.betrue.examples.monolith;

import io.avaje.inject.BeanScope;
import io.betrue.config.Config;
import io.betrue.config.ConfigDocs;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.StartException;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.daemon.JobDaemon;
import io.betrue.localservers.EmbeddedPostgresException;
import io.betrue.process.ProcessException;
import io.betrue.process.Program;
import io.betrue.process.Run;
import io.betrue.staticfiles.StaticFilesException;
import io.betrue.swagger.OpenApiExport;
import io.javalin.util.JavalinBindException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The commands of the application. */
public final class Main {
    private static final String EPHEMERAL = "--ephemeral";

    // Avaje Inject tells the JDK's own logging about every start; held here because that forgets unused loggers.
    private static final Logger WIRING_LOG = Logger.getLogger("io.avaje.inject");

    private Main() {}

    /**
     * Runs what the command line asks for.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        Program.of(
                        "monolith",
                        program -> program.describedAs(
                                        "Accounts, a chat, files and a ledger over HTTP, on a PostgreSQL of its own unless DATABASE_URL names one.")
                                .service(
                                        "serve",
                                        "Serve HTTP, and work in the background, until stopped",
                                        Main::serve,
                                        command -> command.arguments("[--ephemeral]")
                                                .details(
                                                        "  --ephemeral  forget all data at the end; without it they stay in DATA_DIR (.data)"))
                                .task("migrate", "Bring the database's tables up to date", Main::migrate)
                                .task(
                                        "jobs",
                                        "Look at jobs, or run them in a process of their own",
                                        (run, arguments) ->
                                                run.exitCode(JobDaemon.run(arguments.toArray(String[]::new))),
                                        command ->
                                                command.arguments("<command>").ownHelp())
                                .task(
                                        "config-docs",
                                        "Write the documentation of the settings",
                                        Main::configDocs,
                                        command -> command.arguments("--format <format>")
                                                .ownHelp())
                                .task(
                                        "openapi",
                                        "Write the OpenAPI document",
                                        Main::openApi,
                                        command -> command.arguments("[--form <form>] [--out <file> [--check]]")
                                                .details(
                                                        "  <form>   json-31 (the default), json-30, yaml-31 or yaml-30\n"
                                                                + "  --check  write nothing; say whether the file differs, and whether that can break a client"))
                                .byDefault("serve")
                                .footer(
                                        "Settings are environment variables or lines of a .env file; docs/envs.md beside the script lists them.")
                                .messageOnly(
                                        StartException.class,
                                        EmbeddedPostgresException.class,
                                        StaticFilesException.class,
                                        JavalinBindException.class))
                .runAndExit(args);
    }

    private static void serve(Run run, List<String> arguments) {
        arguments.stream()
                .filter(argument -> !argument.equals(EPHEMERAL))
                .findFirst()
                .ifPresent(unknown -> {
                    throw ProcessException.usage("unknown argument \"" + unknown + "\"");
                });
        MonolithConfig config = settings();
        run.drainDelay(config.http.stopPause).stopWithin(config.http.stopTimeout);
        // It writes the key of the tokens: an interrupt would leave half a file.
        BeanScope scope = run.start(
                "application",
                () -> BeanScope.builder()
                        .bean(MonolithConfig.class, config)
                        .bean(Launch.class, new Launch(arguments.contains(EPHEMERAL)))
                        .bean(Run.class, run)
                        .build(),
                BeanScope::close,
                part -> part.uninterrupted());
        scope.get(Monolith.class).start(run);
    }

    private static void migrate(Run run) {
        MonolithConfig config = settings();
        Database database = Database.of(config.database, config.own, false, Instruments.none());
        database.startIn(run);
        Tables.bringUpToDate(database.dataSource());
        run.out().println("The tables are up to date.");
    }

    private static void configDocs(Run run, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(MonolithConfig.class.getName()));
        all.addAll(arguments);
        PrintStream utf8 = new PrintStream(run.out(), true, StandardCharsets.UTF_8);
        run.exitCode(ConfigDocs.run(utf8, run.err(), all.toArray(String[]::new)));
    }

    private static void openApi(Run run, List<String> arguments) {
        run.exitCode(OpenApiExport.run(new Api().get(), arguments.toArray(String[]::new)));
    }

    private static MonolithConfig settings() {
        MonolithConfig config =
                Config.loadOrExit(Environment.system().withDotEnv(Path.of(".env")), MonolithConfig::new);
        // Logback reads these once, when the first logger is made: before this line there must be none.
        System.setProperty("LOG_FORMAT", config.logging.format.name().toLowerCase(Locale.ROOT));
        System.setProperty("LOG_LEVEL", config.logging.level.name());
        WIRING_LOG.setLevel(Level.WARNING);
        return config;
    }
}
