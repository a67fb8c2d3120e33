package io.betrue.examples.wallet;

import io.betrue.commands.Commands;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.ws.WebSocketCommands;
import io.betrue.commands.ws.WebSocketCommandsConfig;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.examples.wallet.telemetry.Requests;
import io.betrue.swagger.SecurityScheme;
import io.betrue.swagger.SwaggerConfig;
import io.betrue.swagger.SwaggerPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** The doors of the application: commands over HTTP and WebSocket, pages, and health. */
public final class HttpServer implements AutoCloseable {
    private static final Logger access = LoggerFactory.getLogger("access");
    private static final int LONGEST_PATH = 200;

    /** When callers may come back who came too early, or while a part is away. */
    public static final Duration COME_BACK = Duration.ofSeconds(1);

    /** Where the API is shown to people. */
    static final String PAGE = "/docs";

    private static final String API = "/api";
    private static final String SOCKETS = "/ws";
    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final int FAILURE = 400;

    private final HttpConfig config;
    private final CallsConfig calls;
    private final DoorsOptions options;
    private final Commands commands;
    private final Contracts contracts;
    private final Health health;
    private final Instruments instruments;
    private final @Nullable Requests requests;
    private final Javalin javalin;

    /**
     * Prepares the doors; they are shut until {@link #start}.
     *
     * @param config the web server
     * @param calls how commands are called
     * @param options what this application has at its doors and another has not
     * @param commands what there is behind the doors
     * @param contracts what commands take and give
     * @param health whether this process wants requests; callers who come while it is about to end are told to come back over another connection, which leads a load balancer elsewhere
     * @param instruments what times requests and counts sockets
     */
    public HttpServer(
            HttpConfig config,
            CallsConfig calls,
            DoorsOptions options,
            Commands commands,
            Contracts contracts,
            Health health,
            Instruments instruments) {
        this.config = config;
        this.calls = calls;
        this.options = options;
        this.commands = commands;
        this.contracts = contracts;
        this.health = health;
        this.instruments = instruments;
        this.requests = instruments.requests().orElse(null);
        this.javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig app) {
        app.startup.showJavalinBanner = false;
        app.startup.startupWatcherEnabled = false;
        app.http.maxRequestSize = Contracts.LARGEST_INPUT;
        app.http.prefer405over404 = true;
        app.jetty.host = config.host;
        app.jetty.port = config.port;
        app.jetty.modifyServer(this::harden);
        app.jetty.modifyHttpConfiguration(http -> http.addCustomizer(new HeaderHygiene()));
        app.registerPlugin(new ErrorsPlugin(
                errors -> errors.catalogue(Catalogue.ofAllServices()).retryAfter(COME_BACK)));
        app.registerPlugin(Front.plugin(config.webDir, API, SOCKETS, options));
        if (!options.gateways().isEmpty()) {
            app.routes.before(API + "/*", new CrossOrigin(Set.copyOf(options.gateways())));
        }
        options.more().accept(app);
        app.registerPlugin(new HttpCommands(
                commands, http -> http.prefix(API).schemas(contracts.check()).namedSchemas()));
        app.registerPlugin(new WebSocketCommands(commands, this::openSockets));
        app.registerPlugin(new SwaggerPlugin(this::describe));
        app.routes.before(this::sendAway);
        app.requestLogger.http(this::answered);
        app.routes.get("/health/live", ctx -> ctx.json(Map.of("status", "live")));
        app.routes.get("/health/ready", this::ready);
    }

    private void openSockets(WebSocketCommandsConfig sockets) {
        sockets.origins(options.gateways().toArray(String[]::new));
        calls.origins.ifPresent(more -> sockets.origins(more.toArray(String[]::new)));
        Duration stop = config.stopTimeout.dividedBy(4);
        sockets.path(SOCKETS)
                .stop(stop.compareTo(LEAVE) < 0 ? stop : LEAVE, stop.multipliedBy(2))
                .telemetry(instruments.openTelemetry());
    }

    private void describe(SwaggerConfig docs) {
        docs.title("be-true wallet")
                .version("1")
                .description(
                        "Accounts, a chat, files and a ledger. Sign in, then send the token as `Authorization: Bearer …`.")
                .path(PAGE)
                .tagsBelow(API)
                .hide(
                        "/errors",
                        "/errors/*",
                        SOCKETS + "/*", // pages that types of problems lead to, and the script for browsers
                        "/admin/*",
                        API + "/_hub/*") // of use over a WebSocket alone
                .security(SecurityScheme.bearer("JWT"))
                .schemas(contracts.schemas())
                .problems(Catalogue.ofAllServices());
    }

    private void harden(Server server) {
        server.insertHandler(new GracefulHandler()); // lets requests in flight finish when the server stops
        server.setStopTimeout(config.stopTimeout.toMillis());
        server.addBean(new NetworkConnectionLimit(config.maxConnections, server));
    }

    /** Who keeps a connection would else send a request at the moment at which it is closed, and never know what became of it (RFC 9112, 9.6). */
    private void sendAway(Context ctx) {
        if (health.isLeaving()) {
            ctx.header(HttpHeader.CONNECTION.asString(), "close");
        }
    }

    private void ready(Context ctx) {
        health.obstacle()
                .ifPresentOrElse(
                        reason -> ctx.status(503).json(Map.of("status", "not ready", "reason", reason)),
                        () -> ctx.json(Map.of("status", "ready")));
    }

    private void answered(Context ctx, float millis) {
        if (requests != null) {
            requests.answered(ctx, millis);
        }
        log(ctx, millis);
    }

    /** No query, headers or bodies: they carry passwords and tokens. The path is percent-encoded, so it is one line. */
    @SuppressWarnings("try") // the log context is ended, not used
    private static void log(Context ctx, float millis) {
        String path = ctx.path().length() > LONGEST_PATH ? ctx.path().substring(0, LONGEST_PATH) + "..." : ctx.path();
        boolean said =
                path.startsWith("/health/") || (path.startsWith(API + "/") && ctx.statusCode() < FAILURE); // by CallLog
        Level level = said ? Level.DEBUG : Level.INFO;
        if (!access.isEnabledForLevel(level)) {
            return;
        }
        String trace = ErrorsPlugin.traceId(ctx).orElse("");
        try (MDC.MDCCloseable unused =
                MDC.putCloseable("traceId", trace)) { // calls end in other threads than they began in
            access.atLevel(level).log("{} {} {} in {} ms", ctx.method(), path, ctx.statusCode(), Math.round(millis));
        }
    }

    /** {@return the application, for its document} */
    public Javalin javalin() {
        return javalin;
    }

    /** Opens the doors. */
    public void start() {
        javalin.start();
    }

    /** {@return the port that they are at} */
    public int port() {
        return javalin.port();
    }

    /** {@return where to reach them from this machine} */
    public String url() {
        String host = config.host.equals("0.0.0.0") ? "127.0.0.1" : config.host;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Takes no further requests and waits until those in flight have finished. */
    @Override
    public void close() {
        javalin.stop();
    }
}
