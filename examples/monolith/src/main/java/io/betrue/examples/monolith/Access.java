package io.betrue.examples.monolith;

import io.javalin.security.RouteRole;

/** Who may call a route. */
enum Access implements RouteRole {
    /** Whoever likes. */
    EVERYBODY,
    /** A caller with a valid token. */
    SIGNED_IN
}
