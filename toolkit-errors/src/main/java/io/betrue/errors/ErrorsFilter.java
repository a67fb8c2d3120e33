package io.betrue.errors;

import io.javalin.config.JavalinState;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Stands around Javalin: gives each request its trace id, and answers what Javalin leaves without an answer. */
final class ErrorsFilter implements Filter {
    private final JavalinState state;
    private final ErrorsSettings settings;
    private final Renderer renderer;

    ErrorsFilter(JavalinState state, ErrorsSettings settings, Renderer renderer) {
        this.state = state;
        this.settings = settings;
        this.renderer = renderer;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain) {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        WatchedResponse response = new WatchedResponse(request, (HttpServletResponse) servletResponse, renderer);
        Exchange exchange = Exchange.of(request);
        String before = MDC.get(Exchange.MDC_KEY);
        exchange.enterThread();
        if (settings.traceHeader() != null) {
            response.setHeader(settings.traceHeader(), exchange.traceId());
        }
        try {
            Problem refused = refusedUpgrade(request);
            if (refused == null) {
                chain.doFilter(request, response);
                complete(request, response);
            } else {
                fail(request, response, Failure.expected(refused));
            }
        } catch (Throwable e) { // whatever came through Javalin, an Error of a WebSocket's upgrade for example
            fail(request, response, Failure.unexpected(e));
        } finally {
            FailureLog.restore(before);
        }
    }

    /** Answers what came out of Javalin as an error without a body; see {@link Exchange.Stage} for what has been looked at before. */
    private void complete(HttpServletRequest request, WatchedResponse response) {
        if (request.isAsyncStarted() || response.isCommitted() || response.sentError()) {
            return;
        }
        Exchange exchange = Exchange.of(request);
        Problem pending = exchange.pending();
        if (pending != null) {
            renderer.write(request, response, pending);
            return;
        }
        boolean untouched = exchange.stage().compareTo(Exchange.Stage.SETTLED) < 0 && !Renderer.hasOutput(response);
        if (response.getStatus() >= 400 && untouched) {
            fail(request, response, Failure.expected(Failures.ofStatus(response.getStatus())));
        }
    }

    private void fail(HttpServletRequest request, HttpServletResponse response, Failure failure) {
        FailureLog.failed(
                failure, FailureLog.where(request), Exchange.of(request).traceId());
        renderer.write(request, response, failure.problem());
    }

    /**
     * A WebSocket upgrade that cannot succeed is answered here: Javalin would open a session for it, and Jetty would send a page.
     */
    private @Nullable Problem refusedUpgrade(HttpServletRequest request) {
        if (request.getHeader("Sec-WebSocket-Version") == null) {
            return null;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (state.wsRouter.getWsPathMatcher().findEndpointHandlerEntry(path) == null) {
            return StandardError.NOT_FOUND.problem().build();
        }
        if (!request.getMethod().equals("GET")) {
            return Failures.methodNotAllowed(request.getMethod(), "GET");
        }
        boolean http1 = request.getProtocol().startsWith("HTTP/1.");
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        boolean version = "13".equals(request.getHeader("Sec-WebSocket-Version"));
        return http1 && !(upgrade && version) ? Failures.upgradeRequired() : null;
    }
}
