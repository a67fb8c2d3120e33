package io.betrue.jobs.daemon;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists jobs. */
@Command(name = "list", description = "Lists jobs, the newest first.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Output output;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only these states: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<JobState> states;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only this type.")
    private @Nullable String type;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only this queue.")
    private @Nullable String queue;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only jobs with this tag.")
    private @Nullable String tag;

    @Option(names = "--before", paramLabel = "ID", description = "Only jobs with a smaller number: the next page.")
    private @Nullable Long before;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
        JobQuery query = query();
        PrintWriter out = spec.commandLine().getOut();
        return connection.with(jobs -> {
            List<JobInfo> found = jobs.control().list(query);
            if (output.isJson()) {
                Output.json(out, found);
            } else {
                print(out, found);
            }
            return 0;
        });
    }

    private JobQuery query() {
        try {
            JobQuery query = JobQuery.all().limit(limit);
            if (states != null) {
                query = query.states(states.get(0), states.toArray(new JobState[0]));
            }
            query = type == null ? query : query.type(type);
            query = queue == null ? query : query.queue(queue);
            query = tag == null ? query : query.tag(tag);
            return before == null ? query : query.before(before);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, List<JobInfo> jobs) {
        Table table = new Table("ID", "STATE", "TYPE", "QUEUE", "ATTEMPT", "ENQUEUED", "DUE", "ERROR");
        jobs.forEach(job -> table.add(
                job.id(),
                job.state(),
                job.type(),
                job.queue(),
                job.attempt() + "/" + job.attempts(),
                Output.time(job.enqueuedAt()),
                Output.time(job.runAt()),
                Output.orDash(job.error())));
        table.print(out);
    }
}
