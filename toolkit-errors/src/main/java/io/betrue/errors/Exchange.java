package io.betrue.errors;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the plugin knows about one request, from its first byte to the end of its response; an attribute of the request. */
final class Exchange {
    static final String ATTRIBUTE = "io.betrue.errors.exchange";
    static final String MDC_KEY = "traceId";

    private final String traceId;
    private final Thread thread = Thread.currentThread();
    private volatile Stage stage = Stage.HANDLING;
    private volatile @Nullable Problem pending;
    private volatile @Nullable InputStream rendered;

    /** How far Javalin's pipeline has come. */
    enum Stage {
        /** The handler of the route has not finished. */
        HANDLING,
        /** The handler is done; after-handlers and error handlers may still change the response. */
        HANDLED,
        /** It is settled that the response needs no problem, or has one. */
        SETTLED,
        /** Nothing is left but to send the bytes. */
        SENDING
    }

    private Exchange(HttpServletRequest request) {
        String given = TraceId.ofTraceparent(request.getHeader("traceparent"));
        traceId = given == null ? TraceId.random() : given;
    }

    static Exchange of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            return exchange;
        }
        Exchange exchange = new Exchange(request);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    static boolean isIn(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Exchange;
    }

    static Exchange of(Context ctx) {
        return of(ctx.req());
    }

    String traceId() {
        return traceId;
    }

    Stage stage() {
        return stage;
    }

    void reach(Stage next) {
        stage = next;
    }

    /** Puts the trace id into the log context of this thread; {@link #leaveThread} ends it. */
    void enterThread() {
        MDC.put(MDC_KEY, traceId);
    }

    /** Clears the log context of a thread that only continued the request; the first thread is cleared by the filter. */
    void leaveThread() {
        if (Thread.currentThread() != thread) {
            MDC.remove(MDC_KEY);
        }
    }

    /** Keeps a problem that could not be rendered where it was noticed. */
    void pending(Problem problem) {
        pending = problem;
    }

    @Nullable
    Problem pending() {
        return pending;
    }

    /** Remembers which result the plugin set, to notice a handler that replaces it. */
    void rendered(@Nullable InputStream result) {
        rendered = result;
        pending = null;
    }

    @Nullable
    InputStream rendered() {
        return rendered;
    }

    /** The problem under this request's trace id. */
    Problem named(Problem problem) {
        return problem.ofTrace(traceId);
    }
}
