package io.betrue.schema;

import io.javalin.config.JavalinState;
import io.javalin.router.Endpoint;
import io.javalin.router.ParsedEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that say something about themselves, compiled. Safe for use by multiple threads. */
final class RouteTable {
    private static final Logger log = LoggerFactory.getLogger(SchemaPlugin.class);

    private final Schemas schemas;
    private final JavalinState state;
    private final boolean strictQueries;
    private volatile Map<Endpoint, CompiledRoute> routes = Map.of();

    RouteTable(Schemas schemas, JavalinState state, boolean strictQueries) {
        this.strictQueries = strictQueries;
        this.schemas = schemas;
        this.state = state;
    }

    /**
     * Compiles the routes that are new.
     *
     * @throws IllegalStateException with every fault of every route at once
     */
    synchronized void compile() {
        Map<Endpoint, CompiledRoute> next = new HashMap<>(routes);
        List<String> faults = new ArrayList<>();
        for (ParsedEndpoint parsed : state.internalRouter.allHttpHandlers()) {
            Endpoint endpoint = parsed.endpoint;
            RouteSchema says = endpoint.metadata(RouteSchema.class);
            if (says != null && says.isChecked() && !next.containsKey(endpoint)) {
                RequestCheck.Rules rules = new RequestCheck.Rules(state.http.maxRequestSize, strictQueries);
                CompiledRoute route = new RouteCompiler(schemas, endpoint, rules, faults).compile(says);
                if (route != null) {
                    next.put(endpoint, route);
                }
            }
        }
        if (next.size() > routes.size()) {
            log.debug("schemas: {} routes are checked", next.size());
        }
        routes = next;
        if (!faults.isEmpty()) {
            throw new IllegalStateException("routes cannot be checked, "
                    + (faults.size() == 1 ? "1 fault" : faults.size() + " faults") + ":\n  "
                    + String.join("\n  ", faults));
        }
    }

    /**
     * Finds a route.
     *
     * @return the route; null if it says nothing about itself, or nothing that is to be checked here
     * @throws IllegalStateException if it does, but its schemas were refused
     */
    @Nullable
    CompiledRoute find(Endpoint endpoint) {
        CompiledRoute route = routes.get(endpoint);
        RouteSchema says = endpoint.metadata(RouteSchema.class);
        if (route == null && says != null && says.isChecked()) {
            throw new IllegalStateException("the schemas of " + endpoint.method.name() + " " + endpoint.path
                    + " were refused when it was added");
        }
        return route;
    }
}
