package io.betrue.staticfiles;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import kotlin.Unit;
import kotlin.jvm.functions.Function2;

/**
 * The last stage of a request: writes an answer of ours, unless a handler has replaced it or something went wrong since. It does what Javalin
 * does with a result, without its compression and its entity tags.
 */
final class Delivery implements TaskInitializer<JavalinServletContext> {
    private final String defaultType;

    Delivery(String defaultType) {
        this.defaultType = defaultType;
    }

    @Override
    public void createTasks(
            Function2<? super SubmitOrder, ? super Task, Unit> submit,
            JavalinServlet servlet,
            JavalinServletContext ctx,
            String path) {
        if (Pipeline.reads(ctx)) {
            submit.invoke(SubmitOrder.LAST, new Task(false, () -> {
                try {
                    deliver(servlet, ctx);
                } catch (Exception e) {
                    throw Delivery.<RuntimeException>asIs(e);
                }
                return Unit.INSTANCE;
            }));
        }
    }

    private void deliver(JavalinServlet servlet, JavalinServletContext ctx) throws Exception {
        PendingBody body = Pipeline.pending(ctx);
        if (body == null) {
            return;
        }
        try (body) {
            if (ctx.resultInputStream() != body) {
                withdraw(ctx, body);
            } else if (ctx.getExceptionOccurred() || !fits(ctx.statusCode(), body.reply())) {
                withdraw(ctx, body);
                ctx.result("");
            } else if (ctx.getResponseWritten().compareAndSet(false, true)) {
                if (ctx.statusCode() == 304) {
                    // Jetty would add Content-Length: 0, which says something else of the file (RFC 9110, 8.6)
                    ctx.res().flushBuffer();
                }
                ServletAnswers.write(ctx.res(), body.chunks());
                for (RequestLogger logger : servlet.getCfg().httpRequestLoggers) {
                    logger.handle(ctx, ctx.executionTimeMs());
                }
            }
        }
    }

    /** Tells whether an answer can be sent with the status that a handler has left: a whole file, or error page, with any that has a body. */
    private static boolean fits(int status, Reply reply) {
        boolean whole = reply.status() == 200 || reply.status() == 404;
        return status == reply.status() || (whole && status >= 200 && status != 204 && status != 304);
    }

    private void withdraw(Context ctx, PendingBody body) {
        if (!ctx.res().isCommitted()) {
            ServletAnswers.withdraw(ctx.res(), body);
            if (ctx.res().getContentType() == null) {
                ctx.contentType(defaultType);
            }
        }
    }

    /** Javalin's tasks declare no exceptions and may throw all: it looks at their class, so they must not be wrapped. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asIs(Throwable cause) throws E {
        throw (E) cause;
    }
}
