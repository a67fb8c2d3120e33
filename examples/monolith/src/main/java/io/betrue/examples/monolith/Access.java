package io.betrue.examples.monolith;

import io.javalin.security.RouteRole;

/** Who may call a route. */
enum Access implements RouteRole {
    /** Whoever has a valid token. */
    SIGNED_IN
}
