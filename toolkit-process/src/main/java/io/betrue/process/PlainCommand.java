package io.betrue.process;

/** What a command without arguments does. */
@FunctionalInterface
public interface PlainCommand {
    /**
     * Does it, on a thread of its own, which is interrupted when the run is told to stop.
     *
     * @param run where its parts are started
     * @throws ProcessException with a line for people and an exit status
     * @throws Exception if it fails in any other way: the exit status is 1, and the log has the trace
     */
    void run(Run run) throws Exception;
}
