package io.betrue.errors;

import io.javalin.websocket.WsBinaryMessageHandler;
import io.javalin.websocket.WsCloseHandler;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectHandler;
import io.javalin.websocket.WsErrorHandler;
import io.javalin.websocket.WsHandlerEntry;
import io.javalin.websocket.WsMessageHandler;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link Error}s of WebSocket handlers into exceptions, which Javalin hands to the handlers of exceptions.
 *
 * <p>Left alone, an error goes to Jetty, and Jetty sends its message to the client. Javalin keeps the handlers where only reflection reaches them;
 * on the module path, where it does not, they stay as they are.
 */
final class SocketErrors {
    private SocketErrors() {}

    /** Something that a handler does. */
    private interface Call {
        void run() throws Exception;
    }

    static void guard(List<WsHandlerEntry> entries) {
        entries.forEach(entry -> guard(entry.getWsConfig()));
    }

    private static void guard(WsConfig config) {
        if (handler(config, "wsConnectHandler") instanceof WsConnectHandler handler) {
            config.onConnect(ctx -> call(() -> handler.handleConnect(ctx)));
        }
        if (handler(config, "wsMessageHandler") instanceof WsMessageHandler handler) {
            config.onMessage(ctx -> call(() -> handler.handleMessage(ctx)));
        }
        if (handler(config, "wsBinaryMessageHandler") instanceof WsBinaryMessageHandler handler) {
            config.onBinaryMessage(ctx -> call(() -> handler.handleBinaryMessage(ctx)));
        }
        if (handler(config, "wsCloseHandler") instanceof WsCloseHandler handler) {
            config.onClose(ctx -> call(() -> handler.handleClose(ctx)));
        }
        if (handler(config, "wsErrorHandler") instanceof WsErrorHandler handler) {
            config.onError(ctx -> call(() -> handler.handleError(ctx)));
        }
    }

    private static void call(Call handler) throws Exception {
        try {
            handler.run();
        } catch (Error e) {
            throw new CompletionException(e);
        }
    }

    private static @Nullable Object handler(WsConfig config, String name) {
        try {
            Field field = WsConfig.class.getDeclaredField(name);
            return field.trySetAccessible() ? field.get(config) : null;
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return null;
        }
    }
}
