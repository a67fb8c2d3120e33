package io.betrue.errors;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what fails before or beside Javalin: requests that are not HTTP, headers too large, the container's own refusals. */
final class JettyErrors extends ErrorHandler {
    private final ErrorsSettings settings;

    JettyErrors(ErrorsSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object thrown = request.getAttribute(ERROR_EXCEPTION);
        Problem problem = problem(request, response.getStatus(), thrown);
        String traceId = traceId(request);
        Throwable cause = thrown instanceof Throwable throwable && problem.status() >= 500 ? throwable : null;
        FailureLog.failed(new Failure(problem, cause), where(request), traceId);
        send(request, response, callback, problem, traceId);
        return true;
    }

    private static Problem problem(Request request, int status, @Nullable Object thrown) {
        if (thrown instanceof Throwable gone && Failures.isClientGone(gone)) {
            boolean serves =
                    request.getConnectionMetaData().getConnector().getServer().isRunning();
            return serves
                    ? StandardError.CANCELLED.problem().build() // nobody reads the answer
                    : StandardError.UNAVAILABLE
                            .problem()
                            .detail("The server stops; it is not known whether the request was done.")
                            .build();
        }
        if (thrown instanceof HttpException exception) {
            return Failures.ofStatus(exception.getCode());
        }
        return Failures.ofStatus(status);
    }

    private void send(Request request, Response response, Callback callback, Problem problem, String traceId) {
        ProblemMembers members = problem.members();
        members.traceId = traceId;
        String accept = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT));
        String language = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT_LANGUAGE));
        Answer answer = Answer.of(settings, new Problem(members), accept, language);
        HttpFields.Mutable headers = response.getHeaders();
        Answer.STALE_HEADERS.forEach(headers::remove);
        answer.headers().forEach((name, value) -> {
            if (!Answer.KEPT.contains(name) || !headers.contains(name)) {
                headers.put(new HttpField(name, value));
            }
        });
        if (settings.traceHeader() != null) {
            headers.put(settings.traceHeader(), traceId);
        }
        headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.setStatus(answer.status());
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static String traceId(Request request) {
        if (request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange) {
            return exchange.traceId();
        }
        String given = TraceId.ofTraceparent(request.getHeaders().get("traceparent"));
        return given == null ? TraceId.random() : given;
    }

    private static String where(Request request) {
        return FailureLog.printable(
                request.getMethod() + " " + request.getHttpURI().getPath());
    }
}
