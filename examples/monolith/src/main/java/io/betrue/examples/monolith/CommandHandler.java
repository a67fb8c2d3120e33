package io.betrue.examples.monolith;

import io.betrue.schema.SchemaBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * Answers one command over HTTP: the checked input, the work, what goes out.
 *
 * @param <I> what comes in
 */
final class CommandHandler<I> implements Handler {
    private final Command<I> command;

    CommandHandler(Command<I> command) {
        this.command = command;
    }

    @Override
    public void handle(Context ctx) {
        I input = SchemaBody.as(ctx, command.input());
        if (command.work() instanceof Command.SignedIn<I> work) {
            ctx.json(work.function().apply(input, Callers.of(ctx)));
        } else if (command.work() instanceof Command.Open<I> work) {
            ctx.json(work.function().apply(input));
        }
    }
}
