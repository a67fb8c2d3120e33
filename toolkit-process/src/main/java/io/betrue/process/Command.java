package io.betrue.process;

import java.util.List;

/** What a command with arguments does. */
@FunctionalInterface
public interface Command {
    /**
     * Does it, on a thread of its own, which is interrupted when the run is told to stop.
     *
     * @param run where its parts are started
     * @param arguments what followed the command's name, as the shell gave it; cannot be changed
     * @throws ProcessException with a line for people and an exit status; {@link ProcessException#usage} for wrong arguments
     * @throws Exception if it fails in any other way: the exit status is 1, and the log has the trace
     */
    void run(Run run, List<String> arguments) throws Exception;
}
