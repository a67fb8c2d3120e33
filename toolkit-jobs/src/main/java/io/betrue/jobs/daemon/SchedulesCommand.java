package io.betrue.jobs.daemon;

import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists schedules, or changes one. */
@Command(
        name = "schedules",
        description = "Lists schedules; with an option, changes one.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class SchedulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Output output;

    @ArgGroup
    private @Nullable Change change;

    /** One of them at most. */
    static final class Change {
        @Option(names = "--pause", paramLabel = "NAME", description = "Let it enqueue nothing until it is resumed.")
        private @Nullable String pause;

        @Option(names = "--resume", paramLabel = "NAME", description = "End its pause.")
        private @Nullable String resume;

        @Option(names = "--remove", paramLabel = "NAME", description = "Remove it.")
        private @Nullable String remove;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return connection.with(jobs -> {
            Schedules schedules = jobs.schedules();
            if (change != null && !apply(change, schedules)) {
                spec.commandLine().getErr().println("jobs: there is no such schedule");
                return JobsCommand.NOT_THERE;
            }
            print(out, schedules.list());
            return 0;
        });
    }

    private static boolean apply(Change change, Schedules schedules) {
        if (change.pause != null) {
            return schedules.pause(change.pause);
        }
        if (change.resume != null) {
            return schedules.resume(change.resume);
        }
        return change.remove != null && schedules.remove(change.remove);
    }

    private void print(PrintWriter out, List<ScheduleInfo> schedules) {
        if (output.isJson()) {
            Output.json(out, schedules);
            return;
        }
        Table table = new Table("NAME", "CRON", "ZONE", "MISFIRE", "TYPE", "NEXT", "LAST", "LAST JOB", "");
        schedules.forEach(schedule -> table.add(
                schedule.name(),
                schedule.cron(),
                schedule.zone(),
                schedule.misfire(),
                schedule.type(),
                Output.time(schedule.next()),
                Output.time(schedule.last()),
                Output.orDash(schedule.lastJob()),
                schedule.paused() ? "paused" : ""));
        table.print(out);
    }
}
