package io.betrue.benchmarks.gateway;

import io.betrue.commands.Commands;
import io.betrue.commands.Telemetry;
import io.betrue.commands.gateway.Resilience;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsServer;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.process.Program;
import io.betrue.process.Run;
import io.javalin.Javalin;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** One process: all in one, a gateway, or the service behind it. */
final class GatewayNode {
    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(8);

    private GatewayNode() {}

    /**
     * Runs until SIGTERM, or the end of the standard input.
     *
     * @param arguments what to be: {@code local}, {@code gateway <url of NATS>} or {@code service <url of NATS>}
     */
    public static void main(String[] arguments) {
        Program.of(
                        "node",
                        program -> program.service("local", "All in one process", GatewayNode::local)
                                .service(
                                        "gateway",
                                        "HTTP in front of NATS",
                                        GatewayNode::gateway,
                                        c -> c.arguments("<url>"))
                                .service("service", "Behind NATS", GatewayNode::service, c -> c.arguments("<url>")))
                .runAndExit(arguments);
    }

    private static OpenTelemetry telemetry() {
        return OpenTelemetry.noop();
    }

    private static void local(Run run) {
        Commands commands = run.start("commands", () -> new Ledger().commands(telemetry()), Commands::close);
        http(run, commands);
    }

    private static void service(Run run, List<String> arguments) {
        Connection connection = connect(run, arguments);
        Commands commands = run.start("commands", () -> new Ledger().commands(telemetry()), Commands::close);
        run.start(
                "server",
                () -> NatsCommands.serve(
                        commands, connection, c -> c.name("ledger").version("1.0.0")),
                NatsServer::close);
        say(run, "port 0");
    }

    private static void gateway(Run run, List<String> arguments) {
        run.drainDelay(DRAIN);
        Connection connection = connect(run, arguments);
        NatsClient client = run.start("client", () -> NatsCommands.client(connection), NatsClient::close);
        Commands commands = run.start(
                "commands",
                () -> Commands.of(c -> c.longestTimeout(Duration.ofMinutes(10))
                        .intercept(Telemetry.with(telemetry()))
                        .intercept(Ledger.authentication())
                        .forward("ledger/*", Resilience.around("ledger", client))
                        .forward("files/*", Resilience.around("files", client))),
                Commands::close);
        http(run, commands);
    }

    private static Connection connect(Run run, List<String> arguments) {
        return run.start(
                "nats",
                () -> Nats.connect(NatsCommands.options(arguments.get(0)).build()),
                Connection::close);
    }

    private static void http(Run run, Commands commands) {
        Javalin app = run.start(
                "http",
                () -> Javalin.create(config -> {
                            config.startup.showJavalinBanner = false;
                            config.startup.startupWatcherEnabled = false;
                            config.registerPlugin(new ErrorsPlugin());
                            config.registerPlugin(new HttpCommands(commands));
                            config.routes.get(
                                    "/health/ready",
                                    ctx -> ctx.status(run.readiness().isReady() ? 200 : 503));
                            config.jetty.modifyServer(server -> {
                                server.insertHandler(new GracefulHandler());
                                server.setStopTimeout(STOP.toMillis());
                            });
                        })
                        .start("127.0.0.1", 0),
                Javalin::stop);
        say(run, "port " + app.port());
    }

    /** Tells the parent, whose end is the end of this process too. */
    private static void say(Run run, String line) {
        run.out().println(line);
        Thread parent = new Thread(() -> awaitEnd(run), "parent");
        parent.setDaemon(true);
        parent.start();
    }

    private static void awaitEnd(Run run) {
        try {
            while (System.in.read() >= 0) {
                // nothing is said on it
            }
        } catch (IOException e) {
            run.err().println("the standard input broke: " + e.getMessage());
        }
        run.stop();
    }
}
