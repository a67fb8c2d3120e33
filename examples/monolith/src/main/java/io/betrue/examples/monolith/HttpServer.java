package io.betrue.examples.monolith;

import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.AccountsError;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.ledger.LedgerError;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of the application: commands and health over HTTP. */
final class HttpServer implements AutoCloseable {
    private static final Logger access = LoggerFactory.getLogger("access");
    private static final long LARGEST_BODY = 64 * 1024;
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final List<Command<?>> commands;
    private final Tokens tokens;
    private final Readiness readiness;
    private final Javalin javalin;

    HttpServer(HttpConfig config, List<Command<?>> commands, Tokens tokens, Readiness readiness) {
        this.config = config;
        this.commands = commands;
        this.tokens = tokens;
        this.readiness = readiness;
        this.javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig app) {
        app.startup.showJavalinBanner = false;
        app.startup.startupWatcherEnabled = false;
        app.http.maxRequestSize = LARGEST_BODY;
        app.http.prefer405over404 = true;
        app.jetty.host = config.host;
        app.jetty.port = config.port;
        app.jetty.modifyServer(this::harden);
        app.jetty.modifyHttpConfiguration(http -> http.addCustomizer(new HeaderHygiene()));
        app.jsonMapper(new JavalinJackson(JsonBodies.mapper(), false));
        app.registerPlugin(new ErrorsPlugin(errors -> errors.catalogue(AccountsError.values())
                .catalogue(LedgerError.values())
                .retryAfter(COME_BACK)));
        app.requestLogger.http(HttpServer::log);
        app.routes.get("/health/live", ctx -> ctx.json(Map.of("status", "live")));
        app.routes.get("/health/ready", this::ready);
        app.routes.before("/api/*", this::refuseWhileStarting);
        JsonBodies bodies = new JsonBodies();
        for (Command<?> command : commands) {
            app.routes.post("/api/" + command.code(), new CommandHandler<>(command, bodies, tokens));
        }
    }

    private void harden(Server server) {
        server.insertHandler(new GracefulHandler()); // lets requests in flight finish when the server stops
        server.setStopTimeout(config.stopTimeout.toMillis());
        server.addBean(new NetworkConnectionLimit(config.maxConnections, server));
    }

    private void ready(Context ctx) {
        readiness
                .obstacle()
                .ifPresentOrElse(
                        obstacle -> ctx.status(503).json(Map.of("status", "not ready", "reason", obstacle)),
                        () -> ctx.json(Map.of("status", "ready")));
    }

    private void refuseWhileStarting(Context ctx) {
        if (readiness.isStarting()) {
            throw StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).toException();
        }
    }

    /** No query, headers or bodies: they carry passwords and tokens. */
    private static void log(Context ctx, float millis) {
        if (ctx.path().startsWith("/health/")) {
            access.debug("{} {} {} in {} ms", ctx.method(), ctx.path(), ctx.statusCode(), Math.round(millis));
        } else {
            access.info("{} {} {} in {} ms", ctx.method(), ctx.path(), ctx.statusCode(), Math.round(millis));
        }
    }

    void start() {
        javalin.start();
    }

    int port() {
        return javalin.port();
    }

    /** Takes no further requests and waits until those in flight have finished. */
    @Override
    public void close() {
        javalin.stop();
    }
}
