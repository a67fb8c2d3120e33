package io.betrue.commands.http;

import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.betrue.schema.RouteNotes;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.plugin.PluginPriority;
import io.javalin.router.Endpoint;
import java.net.URI;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves commands in a Javalin application: {@code POST /api/<address>} for each that is not internal.
 * <pre>{@code
 * app.registerPlugin(new HttpCommands(commands));
 * }</pre>
 * Guards run in the chain of {@link Commands}, also if {@code SchemaPlugin} is registered. No thread waits for a handler, and a handler is told within a moment when its client goes
 * away. Failures are answered as {@link ErrorsPlugin} answers them, also where it is not registered. One instance serves one application; the commands are closed by whoever made
 * them, after the application is stopped.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class HttpCommands extends Plugin<HttpCommandsConfig> {
    /** The header with the input beside a stream, JSON in ASCII: {@value}. */
    public static final String INPUT = HttpTarget.INPUT;

    /** The header with the output beside a stream, JSON in ASCII: {@value}. */
    public static final String OUTPUT = HttpTarget.OUTPUT;

    private static final Set<HandlerType> OTHERS =
            Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);
    private static final String ADDRESS = "address";

    private final Commands commands;

    /**
     * Serves as by default.
     *
     * @param commands the commands
     */
    public HttpCommands(Commands commands) {
        this(commands, config -> {});
    }

    /**
     * Serves as configured.
     *
     * @param commands the commands
     * @param config sets what differs from the defaults; called once, at once
     */
    public HttpCommands(Commands commands, Consumer<HttpCommandsConfig> config) {
        super(config, new HttpCommandsConfig());
        this.commands = commands;
    }

    /**
     * {@return a client of commands that another process serves}
     *
     * @param base where they are, the prefix with it: {@code http://ledger:8080/api}
     */
    public static HttpTarget client(URI base) {
        return HttpTarget.of(base);
    }

    /**
     * {@return a client of commands that another process serves}
     *
     * @param base where they are, the prefix with it: {@code http://ledger:8080/api}
     * @param config sets what differs from the defaults; called once, at once
     */
    public static HttpTarget client(URI base, Consumer<HttpTargetConfig> config) {
        return HttpTarget.of(base, config);
    }

    @Override
    public PluginPriority priority() {
        return PluginPriority.LATE; // the application's own routes come first
    }

    @Override
    public void onInitialize(JavalinState state) {
        state.routes.exception(Refused.class, Refused::write);
        state.jetty.modifyServer(Disconnects::install);
    }

    @Override
    public void onStart(JavalinState state) {
        HttpSettings settings = pluginConfig.settings(commands);
        Senders senders = new Senders(settings.streams());
        state.events.serverStopped(senders::close);
        HttpCall.Server server = new HttpCall.Server(commands, settings, senders);
        Documents documents = new Documents(settings.schemas(), settings.namedSchemas());
        settings.rest().forEach(rest -> state.routes.addEndpoint(rest(rest, server, documents)));
        commands.types().stream()
                .filter(type -> !type.isInternal())
                .sorted(Comparator.comparing(CommandType::address))
                .forEach(type -> state.routes.addEndpoint(endpoint(type, server, documents)));
        state.routes.addEndpoint(Endpoint.create(HandlerType.POST, settings.prefix() + "/<" + ADDRESS + ">")
                .addMetadata(RouteNotes.hiddenRoute())
                .handler(ctx -> call(ctx, server, ctx.pathParam(ADDRESS), true, null)));
        state.routes.before(settings.prefix() + "/*", ctx -> refuseMethod(state, ctx));
    }

    private static Endpoint endpoint(CommandType<?, ?> type, HttpCall.Server server, Documents documents) {
        return Endpoint.create(HandlerType.POST, server.settings().prefix() + "/" + type.address())
                .addMetadata(documents.notes(type))
                .addMetadata(documents.schema(type))
                .handler(ctx -> call(ctx, server, type.address(), type.takesContent(), null));
    }

    private static Endpoint rest(RestRoute rest, HttpCall.Server server, Documents documents) {
        CommandType<?, ?> type = rest.type();
        return Endpoint.create(HandlerType.findOrCreate(rest.method()), rest.path())
                .addMetadata(documents.notes(rest))
                .addMetadata(documents.schema(rest))
                .handler(ctx -> call(ctx, server, type.address(), type.takesContent(), rest));
    }

    private static void call(
            Context ctx, HttpCall.Server server, String address, boolean mayStream, @Nullable RestRoute rest) {
        HttpCall call = new HttpCall(ctx, server); // while the span of whoever instruments handlers is current
        ctx.future(() -> call.start(address, mayStream, rest));
    }

    /** What {@link ErrorsPlugin} does by itself. */
    private static void refuseMethod(JavalinState state, Context ctx) {
        if (ErrorsPlugin.isAround(ctx) || !OTHERS.contains(ctx.method())) {
            return;
        }
        String path = ctx.path().substring(ctx.contextPath().length());
        HandlerType method = ctx.method().equals(HandlerType.HEAD) ? HandlerType.GET : ctx.method();
        if (state.internalRouter.findFirstHttpHandlerEntry(method, path) == null) {
            throw Refused.of(
                    ctx,
                    StandardError.METHOD_NOT_ALLOWED
                            .problem()
                            .with("method", ctx.method().name())
                            .with("allow", "POST")
                            .build());
        }
    }
}
