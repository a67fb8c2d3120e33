package io.betrue.schema;

/** Something that a route says about what comes in or goes out; made by {@link RouteParts}. Immutable. */
public sealed interface RoutePart permits Parameter, RequestBody, ResponseBody, RouteProblems, RouteSchema {
    /**
     * {@return this and another part together}
     *
     * @param other what else the route says
     * @throws IllegalArgumentException if both speak of the same parameter, body or response
     */
    default RouteSchema and(RoutePart other) {
        return RouteSchema.of(this, other);
    }
}
