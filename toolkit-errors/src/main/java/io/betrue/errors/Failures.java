package io.betrue.errors;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import io.javalin.validation.ValidationException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Finds the problem behind a throwable. What it does not know is INTERNAL, and nothing of it is told. */
final class Failures {
    /** How deep a chain of causes is followed. */
    static final int MAX_CAUSES = 8;

    private static final String JETTY_EOF = "org.eclipse.jetty.io.EofException";
    private static final String JETTY_BODY_EOF = "org.eclipse.jetty.server.internal.HttpConnection$HttpEofException";
    private static final Pattern MULTIPART_LIMIT = Pattern.compile("max .* exceeded.*|Form with too many .*");
    private static final String NOT_JSON = "Content-Type is not application/json";

    private final JavalinState state;

    Failures(JavalinState state) {
        this.state = state;
    }

    /**
     * Finds the problem.
     *
     * @param thrown what reached Javalin
     * @param ctx the request, or null for a WebSocket's message
     */
    Failure of(Throwable thrown, @Nullable Context ctx) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof ProblemException exception) {
            Problem problem = exception.problem();
            return new Failure(problem, problem.status() >= 500 ? exception.getCause() : null);
        }
        if (cause instanceof ValidationException exception) {
            return ValidationFailures.of(exception, ctx);
        }
        if (cause instanceof HttpResponseException exception) {
            return ofResponse(exception, ctx);
        }
        if (cause instanceof TimeoutException) {
            return new Failure(StandardError.DEADLINE_EXCEEDED.problem().build(), cause);
        }
        Problem problem = JsonFailures.of(cause, ctx);
        if (problem == null) {
            problem = ofRequest(cause, ctx);
        }
        return problem == null ? Failure.unexpected(cause) : Failure.expected(problem);
    }

    /** The general problem of a status that came without one. */
    static Problem ofStatus(int status) {
        int known = status >= 400 && status <= 599 ? status : 500;
        return StandardError.ofStatus(known).problem().status(known).build();
    }

    static Problem methodNotAllowed(String method, String allowed) {
        return StandardError.METHOD_NOT_ALLOWED
                .problem()
                .with("method", method)
                .with("allow", allowed)
                .build();
    }

    static Problem upgradeRequired() {
        return StandardError.UPGRADE_REQUIRED
                .problem()
                .with("upgrade", "websocket")
                .build();
    }

    /** What a future or a task was completed with. */
    static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
            if (!(cause instanceof CompletionException) && !(cause instanceof ExecutionException)) {
                break;
            }
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether the client closed the connection: nobody is there to answer, and nothing is wrong here. */
    static boolean isClientGone(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> isA(cause, JETTY_EOF)) && !isBodyCut(thrown);
    }

    /** Whether the body ended early or its framing is wrong: the client may be there still, waiting for an answer. */
    private static boolean isBodyCut(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> isA(cause, JETTY_BODY_EOF));
    }

    /** A throwable and what caused it, as far as is worth looking. */
    static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    /** Whether an object's class or one above it has that name, for classes that may be missing. */
    static boolean isA(Object object, String className) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(className)) {
                return true;
            }
        }
        return false;
    }

    private Failure ofResponse(HttpResponseException exception, @Nullable Context ctx) {
        int status = exception.getStatus();
        if (ctx != null && (exception instanceof EndpointNotFound || exception instanceof MethodNotAllowedResponse)) {
            return Failure.expected(ofRoute(exception, ctx));
        }
        if (status == 413 && ownWords(exception) == null) {
            return Failure.expected(StandardError.PAYLOAD_TOO_LARGE
                    .problem()
                    .with("limit", state.http.maxRequestSize)
                    .build());
        }
        if (status == 400 && NOT_JSON.equals(exception.getMessage())) {
            return Failure.expected(StandardError.UNSUPPORTED_MEDIA_TYPE
                    .problem()
                    .detail("The body must be application/json.")
                    .build());
        }
        if (status < 400 || status >= 500) {
            // its text may come from Javalin itself and name classes, so only the log has it
            boolean expected = status != 500 && ownWords(exception) == null;
            return new Failure(ofStatus(status), expected ? null : exception);
        }
        return Failure.expected(ofClientError(exception));
    }

    private static Problem ofClientError(HttpResponseException exception) {
        int status = exception.getStatus();
        Problem.Builder problem = StandardError.ofStatus(status).problem().status(status);
        String words = ownWords(exception);
        if (words != null) {
            problem.detail("{message}", words);
        }
        if (!exception.getDetails().isEmpty()) {
            problem.with("details", exception.getDetails());
        }
        return problem.build();
    }

    /** The exception's text, or null if it only repeats the name of the status. */
    private static @Nullable String ownWords(HttpResponseException exception) {
        String message = exception.getMessage();
        boolean says = message != null
                && !message.isBlank()
                && !message.equals(HttpStatus.forStatus(exception.getStatus()).getMessage());
        return says ? message : null;
    }

    private Problem ofRoute(HttpResponseException exception, Context ctx) {
        Set<String> allowed = AllowedMethods.of(state, ctx);
        if (exception instanceof MethodNotAllowedResponse
                || (!allowed.isEmpty() && !allowed.contains(ctx.method().name()))) {
            return methodNotAllowed(ctx.method().name(), String.join(", ", allowed));
        }
        return AllowedMethods.isWebSocket(state, ctx)
                ? upgradeRequired()
                : StandardError.NOT_FOUND.problem().build();
    }

    /** Faults of the request that only show when somebody reads it. */
    private static @Nullable Problem ofRequest(Throwable thrown, @Nullable Context ctx) {
        if (ctx != null && isCharsetFault(thrown, ctx.header("Content-Type"))) {
            return StandardError.UNSUPPORTED_MEDIA_TYPE
                    .problem()
                    .detail("The charset of the Content-Type is not known here; UTF-8 is.")
                    .build();
        }
        if (causes(thrown).anyMatch(Failures::isMultipartLimit)) {
            return StandardError.PAYLOAD_TOO_LARGE.problem().build();
        }
        if (isBodyCut(thrown)) {
            return StandardError.BAD_REQUEST
                    .problem()
                    .detail("The body ended early.")
                    .build();
        }
        return causes(thrown)
                .filter(HttpException.class::isInstance)
                .map(cause -> ((HttpException) cause).getCode())
                .filter(status -> status >= 400 && status < 500)
                .findFirst()
                .map(Failures::ofStatus)
                .orElse(null);
    }

    /** Jetty has no type of its own for a file or form beyond {@code jetty.multipartConfig}, and calls it a bad request. */
    private static boolean isMultipartLimit(Throwable cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        return cause instanceof IllegalStateException
                && stack.length > 0
                && stack[0].getClassName().startsWith("org.eclipse.jetty.http.MultiPart")
                && MULTIPART_LIMIT.matcher(String.valueOf(cause.getMessage())).matches();
    }

    private static boolean isCharsetFault(Throwable thrown, @Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).contains("charset")
                && (thrown instanceof UnsupportedCharsetException
                        || thrown instanceof IllegalCharsetNameException
                        || (thrown instanceof IndexOutOfBoundsException
                                && !contentType.matches("(?i).*charset\\s*=.+")));
    }
}
