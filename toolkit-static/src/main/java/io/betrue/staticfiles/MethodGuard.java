package io.betrue.staticfiles;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import io.javalin.router.InternalRouter;
import java.util.LinkedHashSet;
import java.util.Set;
import kotlin.Unit;
import kotlin.jvm.functions.Function2;

/** Answers 405 where a file stands and the application has no endpoint for the method. Stands in the place of Javalin's HTTP stage, around it. */
final class MethodGuard implements TaskInitializer<JavalinServletContext> {
    private final Pipeline pipeline;
    private final TaskInitializer<JavalinServletContext> inner;

    MethodGuard(Pipeline pipeline, TaskInitializer<JavalinServletContext> inner) {
        this.pipeline = pipeline;
        this.inner = inner;
    }

    @Override
    public void createTasks(
            Function2<? super SubmitOrder, ? super Task, Unit> submit,
            JavalinServlet servlet,
            JavalinServletContext ctx,
            String path) {
        boolean reads = Pipeline.reads(ctx);
        boolean javalins = (reads && isRead(ctx.method())) || hasEndpoint(servlet.getRouter(), ctx.method(), path);
        Entry entry = javalins ? null : pipeline.find(ctx);
        if (entry == null) {
            inner.createTasks(submit, servlet, ctx, path);
            return;
        }
        // to the handlers that guard a file, Javalin tells its roles only if the method claims to read
        boolean refused = !reads || !entry.roles().isEmpty();
        submit.invoke(SubmitOrder.LAST, new Task(true, () -> {
            if (refused) {
                throw refusal(servlet.getRouter(), ctx, path);
            }
            if (!pipeline.serve(ctx)) {
                throw new NotFoundResponse();
            }
            return Unit.INSTANCE;
        }));
    }

    private static MethodNotAllowedResponse refusal(InternalRouter router, Context ctx, String path) {
        Set<String> allowed = new LinkedHashSet<>();
        allowed.add("GET");
        allowed.add("HEAD");
        for (HandlerType method : HandlerType.values()) {
            if (method.isHttpMethod() && router.hasHttpHandlerEntry(method, path)) {
                allowed.add(method.name());
            }
        }
        ctx.header("Allow", String.join(", ", allowed));
        return new MethodNotAllowedResponse();
    }

    private static boolean hasEndpoint(InternalRouter router, HandlerType method, String path) {
        return router.hasHttpHandlerEntry(method, path)
                || (method.equals(HandlerType.HEAD) && router.hasHttpHandlerEntry(HandlerType.GET, path));
    }

    private static boolean isRead(HandlerType method) {
        return method.equals(HandlerType.GET) || method.equals(HandlerType.HEAD);
    }
}
