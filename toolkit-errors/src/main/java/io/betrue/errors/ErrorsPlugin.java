package io.betrue.errors;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.plugin.Plugin;
import io.javalin.validation.ValidationException;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * Answers every failure of a Javalin application with a problem (RFC 9457).
 * <pre>{@code
 * Javalin.create(app -> app.registerPlugin(new ErrorsPlugin(e -> e.catalogue(ShopError.values()))));
 * }</pre>
 * Register it before the application's own {@code exception}, {@code error} and {@code wsException} handlers: of two handlers for the same
 * class the later one counts, and a handler for a more specific class always wins. A response that already has a body is left alone, whatever
 * its status. The plugin starts no threads and holds nothing that must be closed; one instance serves one application.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class ErrorsPlugin extends Plugin<ErrorsConfig> {
    /** Answers as it is configured by default, with the standard codes only. */
    public ErrorsPlugin() {
        this(config -> {});
    }

    /**
     * Answers as configured.
     *
     * @param config sets what differs from the defaults; called once, at once
     */
    public ErrorsPlugin(Consumer<ErrorsConfig> config) {
        super(config, new ErrorsConfig());
    }

    @Override
    public void onInitialize(JavalinState state) {
        Renderer renderer = new Renderer(settings(state));
        Failures failures = new Failures(state);
        Pipeline pipeline = new Pipeline(state, failures, renderer);
        SocketFailures sockets = new SocketFailures(failures);
        // our own class too: a catch-all of the application must not swallow its problems
        state.routes
                .exception(ProblemException.class, pipeline::fail)
                .exception(HttpResponseException.class, pipeline::fail)
                .exception(ValidationException.class, pipeline::fail)
                .exception(Exception.class, pipeline::fail)
                .error(500, pipeline::timeout)
                .wsException(ProblemException.class, sockets::fail)
                .wsException(Exception.class, sockets::fail);
        JavaLangErrors.install(state.router, Pipeline::error);
        // when the server starts, the application's own settings are final
        state.jetty.modifyServer(server -> {
            pipeline.install();
            SocketErrors.guard(state.internalRouter.allWsHandlers());
            renderer.use(settings(state));
            server.setErrorHandler(new JettyErrors(settings(state)));
            UnreadBodies.install(server, settings(state).unread());
        });
        state.jetty.modifyServletContextHandler(
                handler -> surround(handler, new ErrorsFilter(state, settings(state), renderer), settings(state)));
    }

    @Override
    public void onStart(JavalinState state) {
        ErrorsSettings settings = settings(state);
        if (settings.pages() != null) {
            CataloguePages pages = new CataloguePages(settings.catalogue());
            state.routes.get(settings.pages(), pages::list);
            state.routes.get(settings.pages() + "/{code}", pages::one);
        }
    }

    /**
     * Tells whether this plugin stands around a request, for plugins that work with it and without: where it does, a thrown
     * {@link ProblemException} is answered.
     *
     * @param ctx a request that is being handled
     * @return whether the application has this plugin
     */
    public static boolean isAround(Context ctx) {
        return Exchange.isIn(ctx.req());
    }

    /**
     * Gives the problem that this plugin has made the result of a request, for handlers that run after it: its result cannot be read again as a text.
     *
     * @param ctx a request whose handler has run
     * @return the problem as it is sent, in the language of the client, as JSON or as a page; empty if the result is something else
     */
    public static Optional<Problem> problem(Context ctx) {
        return Optional.ofNullable(Renderer.result(ctx));
    }

    /**
     * Gives the trace id under which this plugin answers and logs a request, so that others can go on with it.
     *
     * @param ctx a request that is being handled
     * @return 32 hexadecimal digits: those of the request's {@code traceparent} if it has a valid one; empty if the application does not have this plugin
     */
    public static Optional<String> traceId(Context ctx) {
        return isAround(ctx) ? Optional.of(Exchange.of(ctx).traceId()) : Optional.empty();
    }

    private ErrorsSettings settings(JavalinState state) {
        return pluginConfig.settings().under(state.router.contextPath);
    }

    private static void surround(ServletContextHandler handler, ErrorsFilter filter, ErrorsSettings settings) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        handler.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        handler.setErrorHandler(new JettyErrors(settings));
    }
}
