package io.betrue.process;

/**
 * One command as it was declared.
 *
 * @param name what is typed
 * @param summary one line for people
 * @param config what it takes
 * @param isService whether it goes on until it is stopped
 * @param takesArguments whether anything may follow its name
 * @param body what it does
 */
record Declared(
        String name, String summary, CommandConfig config, boolean isService, boolean takesArguments, Command body) {}
