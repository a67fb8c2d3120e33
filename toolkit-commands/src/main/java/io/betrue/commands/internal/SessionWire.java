package io.betrue.commands.internal;

import io.betrue.errors.WebSocketClose;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of Jetty's as an {@link Outbox} uses it.
 *
 * @param session the WebSocket
 */
public record SessionWire(Session session) implements Outbox.Wire {
    @Override
    public void send(String text, Consumer<@Nullable Throwable> done) {
        try {
            session.sendText(text, Callback.from(() -> done.accept(null), done));
        } catch (RuntimeException e) {
            done.accept(e);
        }
    }

    @Override
    public void close(WebSocketClose why) {
        session.close(why.code(), why.reason(), Callback.NOOP);
    }

    @Override
    public void disconnect() {
        session.disconnect();
    }
}
