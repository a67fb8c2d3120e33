package io.betrue.jobs.daemon;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@link JobDaemon} understands. */
@Command(
        name = "jobs",
        description = "Runs background jobs, and looks at and changes them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            ListCommand.class,
            ShowCommand.class,
            JobCommands.Retry.class,
            JobCommands.Cancel.class,
            JobCommands.Discard.class,
            JobCommands.Reschedule.class,
            QueueCommands.Pause.class,
            QueueCommands.Resume.class,
            EnqueueCommand.class,
            SchedulesCommand.class,
            PruneCommand.class,
            MigrateCommand.class
        },
        footer = {
            "",
            "Settings may also stand in the environment: JOBS_URL, JOBS_USER, JOBS_PASSWORD (or JOBS_DATABASE_URL and so on), JOBS_SCHEMA,"
                    + " JOBS_NAMESPACE, JOBS_REPLICAS, and for run"
                    + " JOBS_QUEUES, JOBS_PORT, JOBS_HOST, JOBS_HEARTBEAT, JOBS_POLL, JOBS_STOP_WITHIN, JOBS_START_TIMEOUT, JOBS_CONNECTIONS,"
                    + " JOBS_MIGRATE.",
            "Exit status: 0 done, 1 failed (run also: jobs did not end in time), 2 wrong arguments, 3 not there or not in a state for that, 4"
                    + " PostgreSQL or NATS cannot be reached or does not let this user in, 130 ended at once by a second signal."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class JobsCommand implements Runnable {
    static final int NOT_THERE = 3;

    @Spec
    private CommandSpec spec;

    private JobsCommand() {}

    /** {@return the program without the end of the process} */
    static CommandLine commandLine() {
        boolean traced = System.getenv("JOBS_TRACE") != null;
        return new CommandLine(new JobsCommand())
                .registerConverter(Duration.class, Durations::parse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Refusals::wrongArguments)
                .setExecutionExceptionHandler((thrown, command, parsed) -> Refusals.failed(thrown, command, traced));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: run, status, list, show, retry, cancel, discard, reschedule, pause, resume, enqueue, schedules, prune or migrate");
    }
}
