package io.betrue.commands;

/**
 * Does what a command says, and decides what travels beside the output. It may block, and it may be called by many threads at once.
 *
 * @param <I> what it takes
 * @param <O> what it gives
 */
@FunctionalInterface
public interface ReplyHandler<I, O> {
    /**
     * Handles one call.
     *
     * @param context who calls, how long there is, how to call other commands
     * @param input what the caller sent, checked
     * @return the output with its status, headers and stream
     * @throws io.betrue.errors.ProblemException for a failure that the caller shall see
     * @throws Exception for any other, which the caller sees as INTERNAL and the log in full
     */
    Reply<O> handle(CommandContext context, I input) throws Exception;
}
