package io.betrue.commands;

/**
 * Does what a command says. It may block, and it may be called by many threads at once.
 *
 * @param <I> what it takes
 * @param <O> what it gives
 */
@FunctionalInterface
public interface Handler<I, O> {
    /**
     * Handles one call.
     *
     * @param context who calls, how long there is, how to call other commands
     * @param input what the caller sent, checked
     * @return the output
     * @throws io.betrue.errors.ProblemException for a failure that the caller shall see
     * @throws Exception for any other, which the caller sees as INTERNAL and the log in full
     */
    O handle(CommandContext context, I input) throws Exception;
}
