package io.betrue.schema;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;

/**
 * Routes that say what they take and give.
 * <pre>{@code
 * app.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), out(201, "order"), orders::create));
 * }</pre>
 * It is short for {@code Endpoint.create(POST, path).addMetadata(RouteSchema.of(…)).handler(…)}. {@link SchemaPlugin} must be registered, else nothing is
 * checked.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses routes reads its module anyway
public final class SchemaRoutes {
    private SchemaRoutes() {}

    /**
     * {@return a route for GET}
     *
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint get(String path, RoutePart says, Handler handler) {
        return route(HandlerType.GET, path, says, handler);
    }

    /**
     * {@return a route for GET}
     *
     * @param path its path, as Javalin writes it
     * @param takes what comes in
     * @param gives what goes out
     * @param handler what it does
     */
    public static Endpoint get(String path, RoutePart takes, RoutePart gives, Handler handler) {
        return route(HandlerType.GET, path, takes.and(gives), handler);
    }

    /**
     * {@return a route for POST}
     *
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint post(String path, RoutePart says, Handler handler) {
        return route(HandlerType.POST, path, says, handler);
    }

    /**
     * {@return a route for POST}
     *
     * @param path its path, as Javalin writes it
     * @param takes what comes in
     * @param gives what goes out
     * @param handler what it does
     */
    public static Endpoint post(String path, RoutePart takes, RoutePart gives, Handler handler) {
        return route(HandlerType.POST, path, takes.and(gives), handler);
    }

    /**
     * {@return a route for PUT}
     *
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint put(String path, RoutePart says, Handler handler) {
        return route(HandlerType.PUT, path, says, handler);
    }

    /**
     * {@return a route for PUT}
     *
     * @param path its path, as Javalin writes it
     * @param takes what comes in
     * @param gives what goes out
     * @param handler what it does
     */
    public static Endpoint put(String path, RoutePart takes, RoutePart gives, Handler handler) {
        return route(HandlerType.PUT, path, takes.and(gives), handler);
    }

    /**
     * {@return a route for PATCH}
     *
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint patch(String path, RoutePart says, Handler handler) {
        return route(HandlerType.PATCH, path, says, handler);
    }

    /**
     * {@return a route for PATCH}
     *
     * @param path its path, as Javalin writes it
     * @param takes what comes in
     * @param gives what goes out
     * @param handler what it does
     */
    public static Endpoint patch(String path, RoutePart takes, RoutePart gives, Handler handler) {
        return route(HandlerType.PATCH, path, takes.and(gives), handler);
    }

    /**
     * {@return a route for DELETE}
     *
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint delete(String path, RoutePart says, Handler handler) {
        return route(HandlerType.DELETE, path, says, handler);
    }

    /**
     * {@return a route for DELETE}
     *
     * @param path its path, as Javalin writes it
     * @param takes what comes in
     * @param gives what goes out
     * @param handler what it does
     */
    public static Endpoint delete(String path, RoutePart takes, RoutePart gives, Handler handler) {
        return route(HandlerType.DELETE, path, takes.and(gives), handler);
    }

    /**
     * {@return a route for any method}
     *
     * @param method the method
     * @param path its path, as Javalin writes it
     * @param says what it takes and gives
     * @param handler what it does
     */
    public static Endpoint route(HandlerType method, String path, RoutePart says, Handler handler) {
        return Endpoint.create(method, path).addMetadata(RouteSchema.of(says)).handler(handler);
    }
}
