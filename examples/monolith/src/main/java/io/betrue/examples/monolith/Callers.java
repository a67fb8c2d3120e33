package io.betrue.examples.monolith;

import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.Tokens;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Asks who calls, before anybody looks at the input: strangers are not told what is wrong with theirs. */
final class Callers implements Handler {
    private static final String BEARER = "bearer ";
    private static final String CALLER = Callers.class.getName();

    private final Tokens tokens;

    Callers(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void handle(Context ctx) {
        if (ctx.routeRoles().contains(Access.SIGNED_IN)) {
            ctx.attribute(CALLER, caller(ctx));
        }
    }

    /** {@return the caller of a route for callers with a valid token} */
    static Caller of(Context ctx) {
        Caller caller = ctx.attribute(CALLER);
        return Objects.requireNonNull(caller, "nobody was asked for a token");
    }

    private Caller caller(Context ctx) {
        String header = ctx.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw StandardError.UNAUTHENTICATED.problem().toException();
        }
        UUID userId = tokens.verify(header.substring(BEARER.length()).strip())
                .orElseThrow(() -> StandardError.UNAUTHENTICATED.problem().toException());
        return new Caller(userId, ctx.header("Idempotency-Key"));
    }
}
