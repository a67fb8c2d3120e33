package io.betrue.errors;

import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinWsServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.jspecify.annotations.Nullable;

/** Puts problems into responses that Javalin or the servlet container sends. */
final class Renderer {
    private volatile ErrorsSettings settings;

    /** Not a {@link ByteArrayInputStream} itself: Javalin would make an ETag of that, and could answer 304 to a failure. */
    private static final class Body extends FilterInputStream {
        private final Problem problem;

        Body(Answer answer) {
            super(new ByteArrayInputStream(answer.body()));
            problem = answer.problem();
        }
    }

    /** The problem that is the result of a request; null if the result is something else. */
    static @Nullable Problem result(Context ctx) {
        return ctx.resultInputStream() instanceof Body body ? body.problem : null;
    }

    Renderer(ErrorsSettings settings) {
        this.settings = settings;
    }

    /** Replaces the settings once, before the first request. */
    void use(ErrorsSettings whole) {
        settings = whole;
    }

    /**
     * Makes the problem the result of a request, so that after-handlers see it; where that is too late, it is written at once,
     * and where even that is too late, the connection is aborted: a body that ends early must not look complete.
     */
    void render(Context ctx, Problem problem) {
        Exchange exchange = Exchange.of(ctx);
        HttpServletResponse response = ctx.res();
        if (response.isCommitted()) {
            abort(ctx.req());
        } else if (ctx instanceof JavalinWsServletContext || hasOutput(response)) {
            write(ctx.req(), response, problem);
            ctx.result(InputStream.nullInputStream());
            exchange.rendered(ctx.resultInputStream());
        } else {
            Answer answer = answer(ctx.req(), exchange.named(problem));
            setHead(response, answer);
            ctx.result(new Body(answer));
            exchange.rendered(ctx.resultInputStream());
        }
    }

    /** Writes the problem past Javalin and closes the response. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        Exchange exchange = Exchange.of(request);
        exchange.rendered(null);
        if (response.isCommitted()) {
            abort(request);
            return;
        }
        Answer answer = answer(request, exchange.named(problem));
        dropNewSession(request, response);
        try {
            response.resetBuffer();
            setHead(response, answer);
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
            response.getOutputStream().close();
        } catch (IOException e) {
            FailureLog.clientGone(request, e);
        }
    }

    /**
     * Ends the connection without the end of the body, which a client notices. Over HTTP/1 that is the socket: an aborted channel would make
     * Javalin take the request for an asynchronous one and log a failure that is none.
     */
    static void abort(HttpServletRequest request) {
        ServletContextRequest inner = ServletContextRequest.getServletContextRequest(request);
        if (request.getProtocol().startsWith("HTTP/1.")) {
            inner.getConnectionMetaData().getConnection().getEndPoint().close();
        } else {
            inner.getServletChannel().abort(new IOException("the response had begun when the request failed"));
        }
    }

    /** Whether bytes were written but not sent yet, past the result that Javalin would send. */
    static boolean hasOutput(HttpServletResponse response) {
        return ServletContextResponse.getServletContextResponse(response)
                .getHttpOutput()
                .isWritten();
    }

    private Answer answer(HttpServletRequest request, Problem problem) {
        return Answer.of(settings, problem, header(request, "Accept"), header(request, "Accept-Language"));
    }

    /** Several lines of such a header mean the same as one with commas. */
    private static String header(HttpServletRequest request, String name) {
        return String.join(",", Collections.list(request.getHeaders(name)));
    }

    private static void setHead(HttpServletResponse response, Answer answer) {
        Answer.STALE_HEADERS.forEach(name -> response.setHeader(name, null));
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> setHeader(response, name, value));
    }

    private static void setHeader(HttpServletResponse response, String name, String value) {
        switch (name) {
            case "Content-Type" -> {
                response.setCharacterEncoding(null); // of the body that is no longer sent
                response.setContentType(value);
            }
            case Answer.VARY -> {
                List<String> present = List.copyOf(response.getHeaders(Answer.VARY));
                if (present.stream().noneMatch(value::equals)) {
                    response.addHeader(Answer.VARY, value);
                }
            }
            case Answer.WWW_AUTHENTICATE, Answer.ALLOW -> {
                if (!response.containsHeader(name)) {
                    response.setHeader(name, value);
                }
            }
            default -> response.setHeader(name, value);
        }
    }

    /** Javalin opens a session for every WebSocket upgrade; a refused one must neither keep it nor send its cookie. */
    private static void dropNewSession(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader("Sec-WebSocket-Version") == null) {
            return;
        }
        HttpSession session = request.getSession(false);
        if (session == null || !session.isNew()) {
            return;
        }
        String cookie = request.getServletContext().getSessionCookieConfig().getName();
        session.invalidate();
        Collection<String> cookies = List.copyOf(response.getHeaders("Set-Cookie"));
        response.setHeader("Set-Cookie", null);
        cookies.stream()
                .filter(value -> !value.startsWith((cookie == null ? "JSESSIONID" : cookie) + "="))
                .forEach(value -> response.addHeader("Set-Cookie", value));
    }
}
