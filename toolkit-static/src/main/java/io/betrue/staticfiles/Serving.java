package io.betrue.staticfiles;

import io.javalin.config.JavalinState;
import io.javalin.http.HandlerType;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.router.Endpoint;
import io.javalin.router.ParsedEndpoint;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the two ways in to where requests pass: inside Javalin's pipeline, and around Javalin's servlet. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFilesPlugin.class);

    private Serving() {}

    /**
     * Serves a tree.
     *
     * @param state the application, before it is started
     * @param tree what is served now; asked at each request
     */
    static void install(JavalinState state, Supplier<Tree> tree) {
        Responder responder = new Responder();
        Buffers buffers = new Buffers();
        Pipeline pipeline = new Pipeline(tree, responder, buffers, state.resourceHandler);
        state.resourceHandler(pipeline);
        state.servletRequestLifecycle.replaceAll(
                stage -> stage == DefaultTasks.INSTANCE.getHTTP() ? new MethodGuard(pipeline, stage) : stage);
        state.servletRequestLifecycle.add(new Delivery(state.http.defaultContentType));
        AtomicReference<ServletContextHandler> servlet = new AtomicReference<>();
        state.jetty.modifyServletContextHandler(servlet::set);
        state.events.serverStarting(() -> surround(
                state.jettyInternal.server, servlet.get(), first -> new FrontHandler(tree, responder, buffers, first)));
        state.events.serverStarted(() -> warnOfShadows(state, tree.get()));
    }

    /** Puts the front handler nearest to the servlet: whatever handlers the application puts around Javalin stay, and keep counting. */
    private static void surround(
            @Nullable Server server, @Nullable ServletContextHandler servlet, Function<Boolean, FrontHandler> make) {
        Handler.Container parent = servlet == null ? null : parent(server, servlet);
        boolean unblocked = server != null && isUntouched(server, parent);
        FrontHandler front = make.apply(unblocked);
        if (parent instanceof Handler.Singleton single) {
            single.setHandler(front);
            front.setHandler(servlet);
        } else if (parent instanceof Handler.Collection several && several.replaceHandler(servlet, front)) {
            front.setHandler(servlet);
        } else {
            LOG.warn(
                    "Javalin's servlet was not found among the handlers of the server: mounts in front are served in the pipeline");
        }
        if (server != null) {
            server.setErrorHandler(new SlowGoodbye(server.getErrorHandler()));
        }
        if (server != null && unblocked) {
            server.setHandler(new Unblocked(server.getHandler()));
        }
    }

    /**
     * Tells whether nothing but Javalin's own counters stands between the server and the servlet: any other handler may block. Where requests run on
     * virtual threads, giving them to the pool would take those away.
     */
    private static boolean isUntouched(Server server, Handler.@Nullable Container parent) {
        return parent != null
                && parent.getClass() == StatisticsHandler.class
                && server.getHandler() == parent
                && VirtualThreads.getVirtualThreadsExecutor(server.getThreadPool()) == null;
    }

    /** Tells Jetty that nothing below blocks: the counters do not, though they cannot know it, and the front handler gives away what may. */
    private static final class Unblocked extends Handler.Wrapper {
        Unblocked(Handler handler) {
            super(handler);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private static Handler.@Nullable Container parent(Handler.@Nullable Container above, Handler wanted) {
        if (above == null) {
            return null;
        }
        for (Handler child : above.getHandlers()) {
            if (child == wanted) {
                return above;
            }
            Handler.Container found = child instanceof Handler.Container container ? parent(container, wanted) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static void warnOfShadows(JavalinState state, Tree tree) {
        String context = state.router.contextPath.equals("/") ? "" : state.router.contextPath;
        for (ParsedEndpoint parsed : state.internalRouter.allHttpHandlers()) {
            Endpoint endpoint = parsed.endpoint;
            Entry entry = isLiteral(endpoint) ? tree.find(context + endpoint.path) : null;
            if (entry != null && entry.mount().front()) {
                LOG.warn(
                        "GET {} is never called: a file of a mount in front stands at this path; rename one of them, or serve the mount in"
                                + " the pipeline",
                        context + endpoint.path);
            }
        }
    }

    private static boolean isLiteral(Endpoint endpoint) {
        return endpoint.method.equals(HandlerType.GET)
                && endpoint.path.chars().noneMatch(c -> c == '{' || c == '<' || c == '*');
    }
}
