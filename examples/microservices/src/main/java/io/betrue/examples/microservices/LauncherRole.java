package io.betrue.examples.microservices;

import io.betrue.examples.wallet.StartException;
import io.betrue.examples.wallet.TokenSecret;
import io.betrue.localservers.EmbeddedPostgres;
import io.betrue.localservers.EmbeddedPostgresOptions;
import io.betrue.localservers.LocalNats;
import io.betrue.localservers.LocalNatsOptions;
import io.betrue.localservers.NatsRelease;
import io.betrue.localservers.Watchdog;
import io.betrue.process.ProcessException;
import io.betrue.process.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts everything on one machine: PostgreSQL, NATS, the services, the gateways, each when what it stands on is ready. Nothing that ends is started again, but for PostgreSQL, which says
 * so; any other end ends all, unless it is to be kept going. What was started ends with this process, however that ends.
 */
final class LauncherRole {
    static final String EPHEMERAL = "--ephemeral";
    static final String KEEP_GOING = "--keep-going";
    private static final String NAME = "launcher";

    private final Run run;
    private final LaunchConfig.Launcher config;
    private final int postgresPort;
    private final boolean ephemeral;
    private final boolean keepGoing;
    private final Path folder;
    private final Terminal terminal;
    private int instrumented; // processes that have a port for metrics

    private LauncherRole(Run run, LaunchConfig config, Set<String> options) {
        this.run = run;
        this.config = config.launcher;
        this.postgresPort = config.own.postgresPort;
        this.ephemeral = options.contains(EPHEMERAL);
        this.keepGoing = options.contains(KEEP_GOING);
        this.folder = ephemeral ? temporaryFolder() : config.own.dataDir;
        this.terminal = Terminal.of(run.out());
    }

    static void start(Run run, List<String> arguments, LaunchConfig config) {
        arguments.stream()
                .filter(argument -> !List.of(EPHEMERAL, KEEP_GOING).contains(argument))
                .findFirst()
                .ifPresent(unknown -> {
                    throw ProcessException.usage("unknown argument \"" + unknown + "\"");
                });
        new LauncherRole(run, config, Set.copyOf(arguments)).start();
    }

    private static Path temporaryFolder() {
        try {
            // PostgreSQL may have to run as another user, who must be able to enter
            var enterable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
            return Files.createTempDirectory("wallet-", enterable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() {
        run.stopWithin(config.stopTimeout.multipliedBy(4)); // gateways, services, NATS, PostgreSQL
        config.gatewayPorts.forEach(LauncherRole::refuseTaken);
        if (ephemeral) {
            Watchdog watchdog = Watchdog.over(folder);
            run.step("folder", () -> {}, watchdog::close);
        }
        Databases databases = postgres();
        Map<String, String> shared = new HashMap<>();
        shared.put("NATS_URL", nats());
        shared.put("ACCOUNTS_TOKEN_SECRET", secret());
        shared.put("HEALTH_PORT", "0");
        shared.put("DATA_DIR", folder.toAbsolutePath().toString()); // of files and jobs
        List<Planned> services = List.of(
                service("accounts", "accounts", databases.url(Tables.ACCOUNTS)),
                service("ledger-1", "ledger", databases.url(Tables.LEDGER)),
                service("ledger-2", "ledger", databases.url(Tables.LEDGER)),
                service("chat-1", "chat", databases.url(Tables.CHAT)),
                service("chat-2", "chat", databases.url(Tables.CHAT)),
                service("files", "files", databases.url(Tables.FILES)),
                new Planned(
                        "jobs",
                        "jobs",
                        Map.of(
                                "ACCOUNTS_DATABASE_URL",
                                databases.url(Tables.ACCOUNTS),
                                "LEDGER_DATABASE_URL",
                                databases.url(Tables.LEDGER),
                                "FILES_DATABASE_URL",
                                databases.url(Tables.FILES))));
        together("services", services, shared);
        Map<String, String> doors = doors();
        List<Planned> gateways = new ArrayList<>();
        for (int i = 0; i < config.gatewayPorts.size(); i++) {
            Map<String, String> settings = new HashMap<>(doors);
            settings.put("HTTP_PORT", config.gatewayPorts.get(i));
            gateways.add(new Planned("gateway-" + (i + 1), "gateway", settings));
        }
        List<String> urls = together("gateways", gateways, shared);
        run.ready();
        whatToTry(urls).lines().forEach(line -> terminal.say(NAME, line));
    }

    /** Tells each gateway of the others, so that pages find another one; not possible where a port is not known beforehand. */
    private Map<String, String> doors() {
        if (System.getenv("GATEWAYS") != null || config.gatewayPorts.contains("0")) {
            return Map.of();
        }
        return Map.of(
                "GATEWAYS",
                config.gatewayPorts.stream()
                        .map(port -> "http://127.0.0.1:" + port)
                        .collect(Collectors.joining(",")));
    }

    /** Better now than after half a minute; the gateway would say it too. */
    private static void refuseTaken(String port) {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "port " + port + " cannot be had (" + e.getMessage()
                            + "); stop what listens there, or choose others in GATEWAY_PORTS",
                    e);
        }
    }

    private record Planned(String name, String role, Map<String, String> settings) {}

    private static Planned service(String name, String role, String database) {
        return new Planned(name, role, Map.of("DATABASE_URL", database));
    }

    private Databases postgres() {
        EmbeddedPostgres server = EmbeddedPostgres.claim(new EmbeddedPostgresOptions(
                        folder.resolve("postgres"), postgresPort, !ephemeral, config.startTimeout))
                .endingWithThisProcess();
        run.step(
                "postgres",
                server::start,
                server::close,
                part -> part.startWithin(config.startTimeout.multipliedBy(2))
                        .stopWithin(config.stopTimeout.multipliedBy(3)) // it has stages itself
                        .uninterrupted()
                        .abort(server::abort));
        Databases databases = new Databases(server);
        databases.create();
        return databases;
    }

    private String nats() {
        LocalNats server = run.start(
                "nats",
                () -> LocalNats.start(
                        NatsRelease.USUAL,
                        new LocalNatsOptions(folder.resolve("nats"), config.natsPort, !ephemeral, config.startTimeout),
                        line -> terminal.say("nats", line)),
                LocalNats::close,
                part -> part.startWithin(config.startTimeout.plus(Duration.ofMinutes(10))) // it may be fetched first
                        .stopWithin(config.stopTimeout.multipliedBy(2)));
        var unused = server.end().thenAccept(status -> {
            if (!run.isStopping()) {
                dead("nats (process " + server.pid() + ") ended by itself with status " + status);
            }
        });
        return server.url();
    }

    /** The processes of a group stand on the same things, and so start and stop side by side. */
    private List<String> together(String group, List<Planned> plans, Map<String, String> shared) {
        List<Child> children = new ArrayList<>(); // all of them before the first is awaited
        List<String> urls = new ArrayList<>();
        run.step(
                group,
                () -> {
                    for (Planned plan : plans) {
                        Map<String, String> settings = new HashMap<>(shared);
                        settings.putAll(plan.settings());
                        config.metricsPort.ifPresent(first -> settings.put("METRICS_PORT", metricsPort(first)));
                        synchronized (children) {
                            children.add(Child.start(
                                    plan.name(),
                                    plan.role(),
                                    config.javaOptions,
                                    settings,
                                    terminal,
                                    child -> dead(child.obituary())));
                        }
                    }
                    try {
                        for (Child child : copy(children)) {
                            urls.add(child.awaitReady(config.startTimeout));
                        }
                    } catch (StartException | InterruptedException e) {
                        copy(children).forEach(Child::abort); // a part that has not started is not stopped
                        throw e;
                    }
                },
                () -> stop(copy(children)),
                part -> part.startWithin(config.startTimeout.plusSeconds(5))
                        .stopWithin(config.stopTimeout.plusSeconds(5))
                        .abort(() -> copy(children).forEach(Child::abort)));
        return urls;
    }

    private String metricsPort(int first) {
        return Integer.toString(first == 0 ? 0 : first + instrumented++);
    }

    private static List<Child> copy(List<Child> children) {
        synchronized (children) {
            return List.copyOf(children);
        }
    }

    private void stop(List<Child> children) throws InterruptedException {
        long end = System.nanoTime() + config.stopTimeout.toNanos();
        children.forEach(Child::stop);
        for (Child child : children) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            if (!child.awaitEnd(left)) {
                terminal.shout(NAME, child.name() + " did not end within " + config.stopTimeout + ", and was killed");
            }
        }
    }

    private void dead(String obituary) {
        if (run.isStopping()) {
            return;
        }
        terminal.shout(
                NAME,
                obituary + (keepGoing ? "; the others go on, as " + KEEP_GOING + " says" : "; everything is stopped"));
        if (!keepGoing) {
            run.fail("launcher", new StartException(obituary, null));
        }
    }

    private String secret() {
        SecureRandom random = new SecureRandom();
        byte[] secret = config.tokenSecret.orElseGet(() -> TokenSecret.bytesKeptIn(folder, random));
        return Base64.getEncoder().encodeToString(secret);
    }

    private static String whatToTry(List<String> gateways) {
        return """
                The wallet is ready at %1$s. In another terminal, try:
                  curl -sS %2$s/api/accounts/register -H 'Content-Type: application/json' \\
                    -d '{"email": "ada@example.org"}'
                and, with the code of the letter, which is written here without MAIL_SERVERS:
                  curl -sS %2$s/api/accounts/confirm -H 'Content-Type: application/json' \\
                    -d '{"email": "ada@example.org", "code": "...", "password": "correct horse battery"}'
                  curl -sS %2$s/health/ready
                Ctrl-C stops everything.
                """.formatted(String.join(" and ", gateways), gateways.get(0));
    }
}
