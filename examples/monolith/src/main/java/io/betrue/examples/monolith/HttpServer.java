package io.betrue.examples.monolith;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.AccountsError;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.ledger.LedgerError;
import io.betrue.schema.SchemaPlugin;
import io.betrue.schema.Schemas;
import io.betrue.schema.Violation;
import io.betrue.swagger.SecurityScheme;
import io.betrue.swagger.SwaggerConfig;
import io.betrue.swagger.SwaggerPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The doors of the application: commands and health over HTTP. */
final class HttpServer implements AutoCloseable {
    private static final Logger access = LoggerFactory.getLogger("access");
    private static final long LARGEST_BODY = 64 * 1024;
    private static final int LONGEST_PATH = 200;

    /** Where the API is shown to people. */
    static final String PAGE = "/docs";

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final List<Command<?>> commands;
    private final Tokens tokens;
    private final Health health;
    private final Javalin javalin;

    HttpServer(HttpConfig config, List<Command<?>> commands, Tokens tokens, Health health) {
        this.config = config;
        this.commands = commands;
        this.tokens = tokens;
        this.health = health;
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
        app.jsonMapper(new JavalinJackson(Json.mapper(), false));
        app.registerPlugin(
                new ErrorsPlugin(errors -> errors.catalogue(catalogue()).retryAfter(COME_BACK)));
        app.registerPlugin(Front.plugin(config.webDir));
        Schemas schemas = CommandRoutes.schemas();
        app.registerPlugin(new SchemaPlugin(schemas, checks -> checks.responses(config.responseCheck.check())));
        app.registerPlugin(new SwaggerPlugin(docs -> describe(docs, schemas)));
        app.requestLogger.http(HttpServer::log);
        app.routes.get("/health/live", ctx -> ctx.json(Map.of("status", "live")));
        app.routes.get("/health/ready", this::ready);
        app.routes.before(CommandRoutes.PREFIX + "/*", this::refuseWhileStarting);
        new CommandRoutes(tokens).add(app.routes, commands);
    }

    private static void describe(SwaggerConfig docs, Schemas schemas) {
        docs.title("be-true wallet")
                .version("1")
                .description("Accounts and a ledger. Sign in, then send the token as `Authorization: Bearer …`.")
                .path(PAGE)
                .tagsBelow(CommandRoutes.PREFIX)
                .hide("/errors", "/errors/*") // pages that the types of problems lead to, nothing that a client calls
                .security(SecurityScheme.bearer("JWT"))
                .schemas(schemas)
                .problems(catalogue());
    }

    /** {@return every failure that a caller can meet, in English and Russian} */
    static ErrorCatalogue catalogue() {
        Locale russian = Locale.forLanguageTag("ru");
        return ErrorCatalogue.of(AccountsError.values())
                .and(LedgerError.values())
                .messages(Violation.MESSAGES, russian)
                .messages("io.betrue.examples.accounts.errors", russian)
                .messages("io.betrue.examples.ledger.errors", russian);
    }

    private void harden(Server server) {
        server.insertHandler(new GracefulHandler()); // lets requests in flight finish when the server stops
        server.setStopTimeout(config.stopTimeout.toMillis());
        server.addBean(new NetworkConnectionLimit(config.maxConnections, server));
    }

    private void ready(Context ctx) {
        health.obstacle()
                .ifPresentOrElse(
                        obstacle -> ctx.status(503).json(Map.of("status", "not ready", "reason", obstacle)),
                        () -> ctx.json(Map.of("status", "ready")));
    }

    private void refuseWhileStarting(Context ctx) {
        if (health.isStarting()) {
            throw StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).toException();
        }
    }

    /** No query, headers or bodies: they carry passwords and tokens. The path is percent-encoded, so it is one line. */
    private static void log(Context ctx, float millis) {
        String path = ctx.path().length() > LONGEST_PATH ? ctx.path().substring(0, LONGEST_PATH) + "..." : ctx.path();
        Level level = path.startsWith("/health/") ? Level.DEBUG : Level.INFO;
        access.atLevel(level).log("{} {} {} in {} ms", ctx.method(), path, ctx.statusCode(), Math.round(millis));
    }

    Javalin javalin() {
        return javalin;
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
