package io.betrue.swagger;

import io.betrue.schema.RouteNotes;
import io.betrue.schema.RouteSchema;
import io.javalin.config.JavalinState;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.Endpoint;
import io.javalin.router.ParsedEndpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A route of the application, as far as a document is interested.
 *
 * @param method its method in capitals
 * @param path its path as Javalin has it, without the context path
 * @param roles its roles
 * @param signedIn whether a caller has to say who it is, whatever the roles
 * @param events whether it is a stream of server-sent events
 * @param operation what was said of it
 * @param schema what it takes and gives, or null
 */
record Route(
        String method,
        String path,
        Set<RouteRole> roles,
        boolean signedIn,
        boolean events,
        Operation operation,
        @Nullable RouteSchema schema) {
    private static final Operation NOTHING_SAID = Operation.of("");

    Route {
        roles = Set.copyOf(roles);
    }

    /** All that answer HTTP, sorted by path and method, so that the order of registration is not seen. */
    static List<Route> all(JavalinState state) {
        List<Route> routes = new ArrayList<>();
        for (ParsedEndpoint parsed : state.internalRouter.allHttpHandlers()) {
            if (parsed.endpoint.method.isHttpMethod()) {
                routes.add(of(parsed.endpoint));
            }
        }
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return routes;
    }

    private static Route of(Endpoint endpoint) {
        Operation operation = endpoint.metadata(Operation.class);
        RouteNotes notes = endpoint.metadata(RouteNotes.class);
        return new Route(
                endpoint.method.name(),
                endpoint.path,
                roles(endpoint, notes),
                notes != null && notes.protectedRoute(),
                endpoint.handler instanceof SseHandler,
                operation != null ? operation : notes == null ? NOTHING_SAID : of(notes),
                endpoint.metadata(RouteSchema.class));
    }

    private static Set<RouteRole> roles(Endpoint endpoint, @Nullable RouteNotes notes) {
        Roles roles = endpoint.metadata(Roles.class);
        if (roles != null) {
            return roles.getRoles();
        }
        return notes == null
                ? Set.of()
                : notes.roles().stream().map(NamedRole::new).collect(Collectors.toUnmodifiableSet());
    }

    private static Operation of(RouteNotes notes) {
        if (notes.hidden()) {
            return Operation.hidden();
        }
        Operation said = Operation.of(notes.summary()).description(notes.description());
        said = notes.id().isEmpty() ? said : said.id(notes.id());
        return notes.tags().isEmpty() ? said : said.tags(notes.tags().toArray(String[]::new));
    }

    /** A role of which no more is known than its name. */
    private record NamedRole(String name) implements RouteRole {
        @Override
        public String toString() {
            return name;
        }
    }

    Route saying(Operation other) {
        return new Route(method, path, roles, signedIn, events, other, schema);
    }

    boolean isSilent() {
        return operation == NOTHING_SAID;
    }

    static String name(HandlerType method, String path) {
        return method.name() + " " + path;
    }

    String name() {
        return method + " " + path;
    }
}
