package io.betrue.jobs.daemon;

import io.betrue.jobs.JobControl;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that change single jobs: they go through all that are named, and end with 3 when one could not be changed. */
@SuppressWarnings("NullAway.Init") // picocli sets them
abstract class JobCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The numbers of the jobs.")
    private List<Long> ids;

    private final String done;
    private final String refused;

    JobCommands(String done, String refused) {
        this.done = done;
        this.refused = refused;
    }

    abstract boolean change(JobControl control, long id);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return connection.with(jobs -> {
            int status = 0;
            for (long id : ids) {
                if (change(jobs.control(), id)) {
                    out.println(id + " " + done);
                } else {
                    err.println("jobs: " + id + " " + refused);
                    status = JobsCommand.NOT_THERE;
                }
            }
            out.flush();
            return status;
        });
    }

    /** Runs jobs again. */
    @Command(
            name = "retry",
            description = "Runs jobs again at once that are dead, cancelled or waiting for their time.",
            mixinStandardHelpOptions = true)
    static final class Retry extends JobCommands {
        Retry() {
            super("is queued", "is not there, not dead, cancelled or delayed, or its unique key is taken");
        }

        @Override
        boolean change(JobControl control, long id) {
            return control.retry(id);
        }
    }

    /** Cancels jobs. */
    @Command(
            name = "cancel",
            description = "Cancels jobs that wait, and tells the handlers of those that run.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends JobCommands {
        Cancel() {
            super("is cancelled, or told to end", "neither waits nor runs");
        }

        @Override
        boolean change(JobControl control, long id) {
            return control.cancel(id);
        }
    }

    /** Removes jobs. */
    @Command(
            name = "discard",
            description = "Removes jobs that wait or have ended, with all that was kept of them.",
            mixinStandardHelpOptions = true)
    static final class Discard extends JobCommands {
        Discard() {
            super("is removed", "is not there, or runs");
        }

        @Override
        boolean change(JobControl control, long id) {
            return control.discard(id);
        }
    }

    /** Gives jobs another time. */
    @Command(name = "reschedule", description = "Gives waiting jobs another time.", mixinStandardHelpOptions = true)
    static final class Reschedule extends JobCommands {
        @Option(
                names = "--in",
                required = true,
                paramLabel = "TIME",
                description = "From now by this machine's clock, such as 10m; 0s for at once.")
        private Duration delay;

        Reschedule() {
            super("is rescheduled", "does not wait");
        }

        @Override
        boolean change(JobControl control, long id) {
            return control.reschedule(id, Instant.now().plus(delay));
        }
    }
}
