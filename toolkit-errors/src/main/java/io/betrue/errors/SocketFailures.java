package io.betrue.errors;

import io.javalin.websocket.WsContext;
import org.eclipse.jetty.websocket.api.Callback;

/** Closes a WebSocket whose handler threw, with the close code of the problem and nothing of the exception. */
final class SocketFailures {
    private final Failures failures;

    SocketFailures(Failures failures) {
        this.failures = failures;
    }

    void fail(Exception thrown, WsContext ctx) {
        Exchange exchange = ctx.attribute(Exchange.ATTRIBUTE);
        String traceId = exchange == null ? TraceId.random() : exchange.traceId();
        Failure failure = failures.of(thrown, null);
        FailureLog.failed(failure, "WebSocket " + ctx.endpoint().path, traceId);
        WebSocketClose close = WebSocketClose.of(failure.problem());
        ctx.session.close(close.code(), close.reason(), Callback.NOOP);
    }
}
