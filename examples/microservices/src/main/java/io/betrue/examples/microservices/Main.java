package io.betrue.examples.microservices;

import io.betrue.config.Config;
import io.betrue.config.ConfigDocs;
import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.StartException;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.localservers.EmbeddedPostgresException;
import io.betrue.process.ProcessException;
import io.betrue.process.Program;
import io.betrue.process.ProgramConfig;
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
import java.util.function.Function;

/** The commands of the program: one for each role of a process, and those around them. */
public final class Main {
    private Main() {}

    /**
     * Runs what the command line asks for.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        Program.of("microservices", Main::commands).runAndExit(args);
    }

    private static void commands(ProgramConfig program) {
        program.describedAs("The wallet as separate processes, joined by NATS.")
                .service(
                        "all",
                        "Start PostgreSQL, NATS and every process on this machine, until stopped",
                        (run, arguments) -> LauncherRole.start(run, arguments, launch()),
                        command -> command.arguments("[--ephemeral] [--keep-going]")
                                .details(
                                        "  --ephemeral   forget all data at the end; without it they stay in DATA_DIR (.data)\n"
                                                + "  --keep-going  where a process dies leave the others running, so that faults can be tried"));
        role(
                program,
                "gateway",
                "HTTP, WebSocket and pages in front of the services",
                (run, launched) ->
                        GatewayRole.start(run, launched, settings("gateway", GatewayConfig::new, c -> c.logging)));
        role(
                program,
                "accounts",
                "Serve accounts over NATS",
                (run, launched) -> AccountsRole.start(
                        run, launched, settings("accounts", AccountsRoleConfig::new, c -> c.logging)));
        role(
                program,
                "ledger",
                "Serve the ledger over NATS",
                (run, launched) ->
                        LedgerRole.start(run, launched, settings("ledger", LedgerRoleConfig::new, c -> c.logging)));
        role(
                program,
                "chat",
                "Serve the chat over NATS",
                (run, launched) ->
                        ChatRole.start(run, launched, settings("chat", ChatRoleConfig::new, c -> c.logging)));
        role(
                program,
                "files",
                "Serve files over NATS",
                (run, launched) ->
                        FilesRole.start(run, launched, settings("files", FilesRoleConfig::new, c -> c.logging)));
        role(
                program,
                "jobs",
                "Run the jobs of every service",
                (run, launched) ->
                        JobsRole.start(run, launched, settings("jobs", JobsRoleConfig::new, c -> c.logging)));
        program.task("migrate", "Bring the tables of every service up to date", Main::migrate)
                .task(
                        "config-docs",
                        "Write the documentation of a role's settings",
                        Main::configDocs,
                        command -> command.arguments("<role> --format <format>").ownHelp())
                .task(
                        "openapi",
                        "Write the OpenAPI document of the gateway",
                        (run, arguments) -> run.exitCode(
                                OpenApiExport.run(new GatewayApi().get(), arguments.toArray(String[]::new))),
                        command -> command.arguments("[--form <form>] [--out <file> [--check]]"))
                .byDefault("all")
                .footer(
                        "Settings are environment variables or lines of a .env file; docs/envs beside the script has a page for each role.")
                .messageOnly(
                        StartException.class,
                        EmbeddedPostgresException.class,
                        StaticFilesException.class,
                        JavalinBindException.class);
    }

    private interface Role {
        void start(Run run, Launched launched);
    }

    private static void role(ProgramConfig program, String name, String summary, Role role) {
        program.service(
                name,
                summary,
                (run, arguments) -> {
                    Launched launched = Launched.of(arguments);
                    launched.watch(run);
                    role.start(run, launched);
                },
                command -> command.arguments("[" + Launched.FLAG + "]")
                        .details("  " + Launched.FLAG
                                + "  say when it is ready, and end when the standard input does: for launchers"));
    }

    private static void migrate(Run run) {
        MigrateConfig config = settings("migrate", MigrateConfig::new, c -> c.logging);
        new Store("migrate", config.accounts, Tables.ACCOUNTS, 1, Instruments.none()).startIn(run);
        new Store("migrate", config.ledger, Tables.LEDGER, 1, Instruments.none()).startIn(run);
        new Store("migrate", config.chat, Tables.CHAT, 1, Instruments.none()).startIn(run);
        new Store("migrate", config.files, Tables.FILES, 1, Instruments.none()).startIn(run);
        run.out().println("The tables are up to date.");
    }

    private static void configDocs(Run run, List<String> arguments) {
        Class<?> settings = arguments.isEmpty() ? null : Roles.settings().get(arguments.get(0));
        if (settings == null) {
            throw ProcessException.usage(
                    "name a role first: " + String.join(", ", Roles.settings().keySet()));
        }
        List<String> all = new ArrayList<>(List.of(settings.getName()));
        all.addAll(arguments.subList(1, arguments.size()));
        PrintStream utf8 = new PrintStream(run.out(), true, StandardCharsets.UTF_8);
        run.exitCode(ConfigDocs.run(utf8, run.err(), all.toArray(String[]::new)));
    }

    private static LaunchConfig launch() {
        System.setProperty("LOG_PREFIX", "launcher   | ");
        return settings("all", LaunchConfig::new, c -> c.logging);
    }

    /** The environment, and a {@code .env} file, may be those of all roles together. */
    private static <C extends ConfigSet> C settings(
            String role, Function<? super Environment, C> settings, Function<C, LoggingConfig> logging) {
        Environment environment = Environment.system()
                .withDotEnv(Path.of(".env"))
                .ignoring(Roles.strangeTo(role).toArray(String[]::new));
        C config = Config.loadOrExit(environment, settings);
        // Logback reads these once, when the first logger is made: before this line there must be none.
        System.setProperty("LOG_FORMAT", logging.apply(config).format.name().toLowerCase(Locale.ROOT));
        System.setProperty("LOG_LEVEL", logging.apply(config).level.name());
        return config;
    }
}
