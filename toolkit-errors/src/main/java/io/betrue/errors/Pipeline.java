package io.betrue.errors;

import io.javalin.config.JavalinState;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Consumer;
import kotlin.Unit;

/** What the plugin does within Javalin's own pipeline of one request. */
final class Pipeline {
    private static final String JAVALIN_500 = HttpStatus.INTERNAL_SERVER_ERROR.getMessage();
    private static final String JAVALIN_500_TYPE = "\"https://javalin.io/documentation#internalservererrorresponse\"";
    private static final int LONGEST_JAVALIN_500 = 500;

    private final JavalinState state;
    private final Failures failures;
    private final Renderer renderer;

    Pipeline(JavalinState state, Failures failures, Renderer renderer) {
        this.state = state;
        this.failures = failures;
        this.renderer = renderer;
    }

    /** Puts our steps between Javalin's; a lifecycle that the application arranged itself is kept. */
    void install() {
        List<TaskInitializer<JavalinServletContext>> steps = state.servletRequestLifecycle;
        int error = steps.indexOf(DefaultTasks.INSTANCE.getERROR());
        steps.add(error < 0 ? steps.size() : error + 1, step(this::settle));
        int after = steps.indexOf(DefaultTasks.INSTANCE.getAFTER_MATCHED());
        int handled = after < 0 ? error : after;
        steps.add(handled < 0 ? 0 : handled, step(Pipeline::handled));
        steps.add(step(this::end));
    }

    /** Answers what a handler threw. */
    void fail(Exception thrown, Context ctx) {
        if (ctx instanceof JavalinServletContext javalin
                && javalin.getResponseWritten().get()) {
            // the answer went out at a timeout; the request may already serve another client
            return;
        }
        Throwable cause = Failures.unwrap(thrown);
        if (cause instanceof HttpResponseException redirect && redirect.getStatus() < 400) {
            redirect(redirect, ctx);
        } else if (Failures.isClientGone(cause)) {
            FailureLog.clientGone(ctx.req(), cause);
            ctx.status(state.jetty.clientAbortStatus);
            Exchange.of(ctx).reach(Exchange.Stage.SETTLED);
        } else {
            answer(failures.of(cause, ctx), ctx);
        }
    }

    /** Javalin tells of a timeout only by running the error handlers before the handler has finished. */
    void timeout(Context ctx) {
        Exchange exchange = Exchange.of(ctx);
        if (exchange.stage() == Exchange.Stage.HANDLING && exchange.rendered() == null) {
            answer(Failure.expected(StandardError.DEADLINE_EXCEEDED.problem().build()), ctx);
        }
    }

    /** An {@link Error} reaches the application's log and, through {@link #settle}, the client as INTERNAL. */
    static void error(HttpServletResponse response, Error error) {
        WatchedResponse watched = WatchedResponse.of(response);
        if (watched == null) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            FailureLog.failed(Failure.unexpected(error), "a request", TraceId.random());
            return;
        }
        Exchange exchange = Exchange.of(watched.request());
        Failure failure = Failure.unexpected(error);
        FailureLog.failed(failure, FailureLog.where(watched.request()), exchange.traceId());
        if (response.isCommitted()) {
            Renderer.abort(watched.request());
        } else if (exchange.stage() != Exchange.Stage.SENDING) {
            response.setStatus(failure.problem().status());
            exchange.pending(failure.problem());
        }
    }

    private void answer(Failure failure, Context ctx) {
        FailureLog.failed(failure, FailureLog.where(ctx.req()), Exchange.of(ctx).traceId());
        renderer.render(ctx, failure.problem());
    }

    private static void redirect(HttpResponseException exception, Context ctx) {
        ctx.status(exception.getStatus()).contentType(ContentType.TEXT_PLAIN);
        ctx.result(exception.getMessage() == null ? "" : exception.getMessage());
    }

    private static void handled(JavalinServletContext ctx) {
        Exchange exchange = Exchange.of(ctx);
        exchange.enterThread();
        if (exchange.stage() == Exchange.Stage.HANDLING) {
            exchange.reach(Exchange.Stage.HANDLED);
        }
    }

    private void settle(JavalinServletContext ctx) {
        Exchange exchange = Exchange.of(ctx);
        if (ctx.res().isCommitted()) {
            return;
        }
        Problem pending = exchange.pending();
        if (pending != null) {
            renderer.render(ctx, pending);
        } else if (ctx.statusCode() >= 400 && exchange.stage() != Exchange.Stage.SETTLED) {
            fillIn(ctx, exchange);
        }
        exchange.reach(Exchange.Stage.SETTLED);
    }

    private void fillIn(JavalinServletContext ctx, Exchange exchange) {
        if (isJavalinFallback(ctx)) {
            renderer.render(ctx, StandardError.INTERNAL.problem().build());
        } else if (ctx.resultInputStream() == null && !Renderer.hasOutput(ctx.res())) {
            answer(Failure.expected(Failures.ofStatus(ctx.statusCode())), ctx);
        } else if (exchange.rendered() != null && exchange.rendered() != ctx.resultInputStream()) {
            unlabel(ctx);
        }
    }

    /** An error handler that replaced our body with its own and named no type meant Javalin's default. */
    private void unlabel(JavalinServletContext ctx) {
        String type = ctx.res().getContentType();
        if (type != null && type.startsWith(Problem.MEDIA_TYPE)) {
            ctx.contentType(state.http.defaultContentType);
            ctx.removeHeader("Content-Language");
        }
    }

    /** What Javalin itself answers when an exception handler throws; it has logged both exceptions. */
    private static boolean isJavalinFallback(JavalinServletContext ctx) {
        boolean suspect = ctx.getExceptionOccurred() && ctx.statusCode() == 500 && ctx.resultInputStream() != null;
        if (!suspect || Exchange.of(ctx).rendered() == ctx.resultInputStream()) {
            return false;
        }
        String result = ctx.result();
        return result != null
                && result.length() < LONGEST_JAVALIN_500
                && (result.equals(JAVALIN_500) || result.contains(JAVALIN_500_TYPE));
    }

    private void end(JavalinServletContext ctx) {
        Exchange exchange = Exchange.of(ctx);
        if (exchange.pending() != null || exchange.stage() != Exchange.Stage.SETTLED) {
            settle(ctx);
        }
        exchange.reach(Exchange.Stage.SENDING);
        exchange.leaveThread();
    }

    private static TaskInitializer<JavalinServletContext> step(Consumer<JavalinServletContext> action) {
        return (submit, servlet, ctx, path) -> submit.invoke(SubmitOrder.LAST, new Task(false, () -> {
            action.accept(ctx);
            return Unit.INSTANCE;
        }));
    }
}
