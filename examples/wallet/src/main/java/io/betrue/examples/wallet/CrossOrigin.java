package io.betrue.examples.wallet;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Set;

/**
 * Lets pages of the other gateways call commands here, and no other pages (CORS, as the Fetch standard has it). Callers are known by their token alone and cookies are not looked at, so a
 * page gets nothing by it that it could not get with the token from anywhere else.
 */
final class CrossOrigin implements Handler {
    private static final String ORIGIN = "Origin";
    private static final String ASKED = "Access-Control-Request-Method";

    private final Set<String> origins;

    /**
     * @param origins of the pages, as browsers write them
     */
    CrossOrigin(Set<String> origins) {
        this.origins = origins;
    }

    @Override
    public void handle(Context ctx) {
        ctx.header("Vary", ORIGIN);
        String origin = ctx.header(ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            return; // a browser keeps the answer from the page
        }
        ctx.header("Access-Control-Allow-Origin", origin);
        if (HandlerType.OPTIONS.equals(ctx.method()) && ctx.header(ASKED) != null) {
            ctx.header("Access-Control-Allow-Methods", "POST")
                    .header(
                            "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, Command-Input, Idempotency-Key, Timeout-Ms, Traceparent")
                    .header("Access-Control-Max-Age", "600")
                    .status(HttpStatus.NO_CONTENT)
                    .skipRemainingHandlers();
        }
    }
}
