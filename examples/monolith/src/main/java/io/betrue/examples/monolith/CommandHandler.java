package io.betrue.examples.monolith;

import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.Tokens;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.UUID;

/**
 * Answers one command over HTTP: who calls, what comes in, the work, what goes out.
 *
 * @param <I> what comes in
 */
final class CommandHandler<I> implements Handler {
    private static final String BEARER = "bearer ";

    private final Command<I> command;
    private final JsonBodies bodies;
    private final Tokens tokens;

    CommandHandler(Command<I> command, JsonBodies bodies, Tokens tokens) {
        this.command = command;
        this.bodies = bodies;
        this.tokens = tokens;
    }

    @Override
    public void handle(Context ctx) {
        if (command.work() instanceof Command.SignedIn<I> work) {
            Caller caller = caller(ctx); // first of all: strangers are not told what is wrong with their input
            ctx.json(work.function().apply(bodies.read(ctx, command.input()), caller));
        } else if (command.work() instanceof Command.Open<I> work) {
            ctx.json(work.function().apply(bodies.read(ctx, command.input())));
        }
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
