package io.betrue.commands.ws;

import io.betrue.commands.Commands;
import io.betrue.commands.Headers;
import io.betrue.commands.internal.SessionWire;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.errors.WebSocketClose;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.plugin.Plugin;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * Serves commands over WebSockets: one connection, many calls at once, each answered under its own number as soon as it is done.
 * <pre>{@code
 * Javalin.create(app -> app.registerPlugin(new WebSocketCommands(commands, ws -> ws.origins("https://app.example.com"))));
 * }</pre>
 * Nothing is decided here about callers: every call goes through the chain of its {@link Commands}. When the server stops, clients are told to go elsewhere and calls in
 * flight are waited for. One instance serves one application.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class WebSocketCommands extends Plugin<WebSocketCommandsConfig> implements AutoCloseable {
    private static final String PEER = "io.betrue.commands.ws.peer";
    private static final String HEADERS = "io.betrue.commands.ws.headers";
    private static final String TOKEN = "bearer.";
    private static final Duration AFTER_THE_HEART_BEAT = Duration.ofMinutes(1);
    private static final WebSocketClose NO_BINARY = new WebSocketClose(
            StandardError.UNSUPPORTED_MEDIA_TYPE.definition().webSocketClose(),
            "UNSUPPORTED_MEDIA_TYPE: Messages are JSON texts.");

    private final Commands commands;
    private volatile @Nullable Sockets sockets;

    /**
     * Serves commands as it is configured by default.
     *
     * @param commands what can be called
     */
    public WebSocketCommands(Commands commands) {
        this(commands, config -> {});
    }

    /**
     * Serves commands as configured.
     *
     * @param commands what can be called
     * @param config sets what differs from the defaults; called once, at once
     */
    public WebSocketCommands(Commands commands, Consumer<WebSocketCommandsConfig> config) {
        super(config, new WebSocketCommandsConfig());
        this.commands = commands;
    }

    @Override
    public void onInitialize(JavalinState state) {
        Settings settings = pluginConfig.settings();
        Sockets all = new Sockets(commands, settings);
        sockets = all;
        state.events.serverStopping(all::stop);
        state.events.serverStartFailed(all::stop);
        ClientScript script = new ClientScript();
        state.routes.get(settings.path() + "/client.js", script::serve);
        state.routes.wsBeforeUpgrade(settings.path(), ctx -> admit(ctx, all));
        state.routes.ws(settings.path(), ws -> serve(ws, all));
    }

    /** {@return how many clients are connected now} */
    public int connections() {
        Sockets all = sockets;
        return all == null ? 0 : all.count();
    }

    /**
     * Tells clients to go elsewhere, waits for calls in flight, and closes the connections; a stop of the server does it too. New clients are refused with 503 from now
     * on. Closing twice does no harm.
     */
    @Override
    public void close() {
        Sockets all = sockets;
        if (all != null) {
            all.stop();
        }
    }

    // ---- before the upgrade

    private static void admit(Context ctx, Sockets all) throws IOException {
        Problem refusal = refusal(ctx, all);
        if (refusal != null) {
            ctx.skipRemainingHandlers();
            // Javalin writes no result of an upgrade that does not happen
            HttpServletResponse response = ctx.res();
            response.setStatus(refusal.status());
            response.setContentType(Problem.MEDIA_TYPE);
            Duration wait = refusal.retryAfter();
            if (wait != null) {
                response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
            }
            response.getOutputStream().write(refusal.toJson());
        }
    }

    private static @Nullable Problem refusal(Context ctx, Sockets all) {
        if (!all.settings().origins().allow(ctx.header("Origin"), ctx.host())) {
            return StandardError.FORBIDDEN
                    .problem()
                    .detail("Pages of that origin may not connect.")
                    .build();
        }
        try {
            ctx.attribute(PEER, ctx.ip());
            ctx.attribute(HEADERS, headers(ctx));
        } catch (IllegalArgumentException e) {
            return StandardError.BAD_REQUEST
                    .problem()
                    .detail("The credential or the language is malformed or too long.")
                    .build();
        }
        return all.refusal(ctx.ip());
    }

    private static Headers headers(Context ctx) {
        Map<String, String> own = new LinkedHashMap<>();
        String credential = credential(ctx);
        if (credential != null) {
            own.put("authorization", credential);
        }
        String language = ctx.header("Accept-Language");
        if (language != null) {
            own.put("accept-language", language);
        }
        return Headers.of(own);
    }

    /** The token of a subprotocol, since a browser can set no header, else the header {@code Authorization}; never of the URL, which is logged everywhere. */
    private static @Nullable String credential(Context ctx) {
        String protocols = ctx.header("Sec-WebSocket-Protocol");
        if (protocols != null) {
            for (String protocol : protocols.split(",", -1)) {
                String name = protocol.strip();
                if (name.toLowerCase(Locale.ROOT).startsWith(TOKEN)) {
                    return "Bearer " + name.substring(TOKEN.length());
                }
            }
        }
        return ctx.header("Authorization");
    }

    // ---- after it

    private static void serve(WsConfig ws, Sockets all) {
        ws.onConnect(ctx -> open(ctx, all));
        ws.onMessage(ctx -> {
            Socket socket = all.find(ctx.sessionId());
            if (socket != null) {
                socket.receive(ctx.message());
            }
        });
        ws.onBinaryMessage(ctx -> {
            Socket socket = all.find(ctx.sessionId());
            if (socket != null) {
                socket.close(NO_BINARY);
            }
        });
        ws.onClose(ctx -> all.closed(ctx.sessionId()));
    }

    private static void open(WsConnectContext ctx, Sockets all) {
        Settings settings = all.settings();
        Session session = ctx.session;
        session.setMaxTextMessageSize(settings.maxMessage());
        session.setMaxBinaryMessageSize(settings.maxMessage());
        session.setMaxFrameSize(settings.maxMessage());
        session.setIdleTimeout(settings.heartbeat().plus(settings.patience()).plus(AFTER_THE_HEART_BEAT));
        String peer = ctx.attribute(PEER);
        Headers own = ctx.attribute(HEADERS);
        all.open(ctx.sessionId(), peer == null ? "" : peer, own == null ? Headers.NONE : own, new SessionWire(session));
    }
}
