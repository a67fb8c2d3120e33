package io.betrue.schema;

import io.betrue.errors.Problem;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.SubmitOrder;
import io.javalin.http.servlet.Task;
import io.javalin.plugin.Plugin;
import io.javalin.plugin.PluginPriority;
import io.javalin.router.Endpoint;
import java.util.function.Consumer;
import kotlin.Unit;

/**
 * Checks requests and responses of a Javalin application by what its routes say about themselves, see {@link RouteSchema}.
 * <pre>{@code
 * Javalin.create(app -> {
 *     app.registerPlugin(new SchemaPlugin(schemas, s -> s.responses(ResponseCheck.FAIL)));
 *     app.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), out(201, "order"), orders::create));
 * });
 * }</pre>
 * A request is checked after the application's {@code beforeMatched} handlers, so that strangers are not told what is wrong with their input, and before
 * the route's own handler. A schema that is named by a route and not registered ends the start. Routes without a {@link RouteSchema} are left alone. The
 * plugin starts no threads and holds nothing that must be closed; one instance serves one application.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class SchemaPlugin extends Plugin<SchemaPluginConfig> {
    private final Schemas schemas;

    /**
     * Checks requests only.
     *
     * @param schemas the schemas that routes name
     */
    public SchemaPlugin(Schemas schemas) {
        this(schemas, config -> {});
    }

    /**
     * Checks as configured.
     *
     * @param schemas the schemas that routes name
     * @param config sets what differs from the defaults; called once, at once
     */
    public SchemaPlugin(Schemas schemas, Consumer<SchemaPluginConfig> config) {
        super(config, new SchemaPluginConfig());
        this.schemas = schemas;
    }

    @Override
    public PluginPriority priority() {
        return PluginPriority.LATE; // when the routes of others are there
    }

    @Override
    public void onInitialize(JavalinState state) {
        state.routes.exception(ProblemAnswer.PlainException.class, ProblemAnswer::write);
    }

    @Override
    public void onStart(JavalinState state) {
        RouteTable table = new RouteTable(schemas, state, pluginConfig.hasStrictQueries());
        table.compile();
        state.events.handlerAdded(added -> table.compile());
        state.routes.beforeMatched(ctx -> checkRequest(table, ctx));
        ResponseCheck responses = pluginConfig.responses();
        if (!responses.isOff()) {
            ResponseGuard guard = new ResponseGuard(responses);
            state.servletRequestLifecycle.add((submit, servlet, ctx, path) ->
                    submit.invoke(SubmitOrder.LAST, new Task(false, () -> {
                        checkResponse(table, guard, ctx);
                        return Unit.INSTANCE;
                    })));
        }
    }

    private static void checkRequest(RouteTable table, Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        CompiledRoute route = endpoint == null ? null : table.find(endpoint);
        if (route != null) {
            Problem problem = route.request().check(ctx);
            if (problem != null) {
                throw ProblemAnswer.exception(ctx, problem);
            }
        }
    }

    private static void checkResponse(RouteTable table, ResponseGuard guard, JavalinServletContext ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        CompiledRoute route = endpoint == null ? null : table.find(endpoint);
        if (route != null) {
            guard.check(route, ctx);
        }
    }
}
