package io.betrue.jobs.daemon;

import picocli.CommandLine;

/**
 * The program: runs jobs as a process of its own, and looks at and changes jobs from the command line.
 * <pre>{@code java -cp app.jar io.betrue.jobs.daemon.JobDaemon run --url jdbc:postgresql://db/shop}</pre>
 * Exit status: 0 done, 1 failed, 2 wrong arguments, 3 there is no such job or schedule, or it is not in a state for that, 4 PostgreSQL or NATS
 * cannot be reached or does not let this user in, 130 ended at once by a second signal.
 */
public final class JobDaemon {
    private JobDaemon() {}

    /**
     * Runs the program and ends the process with the status of the class's description.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs the program as a command of another one. While its {@code run} works it listens to SIGTERM and SIGINT itself.
     *
     * @param args the command line
     * @return the status of the class's description, which the caller exits with
     */
    public static int run(String... args) {
        try {
            return JobsCommand.commandLine().execute(args);
        } catch (NoClassDefFoundError e) {
            System.err.println("jobs: " + Refusals.missing(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
