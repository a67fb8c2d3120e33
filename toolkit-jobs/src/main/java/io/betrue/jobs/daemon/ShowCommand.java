package io.betrue.jobs.daemon;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one job with all that was kept of it. */
@Command(name = "show", description = "Shows one job and what was kept of it.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "ID", description = "The number of the job.")
    private long id;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return connection.with(jobs -> {
            Optional<JobInfo> job = jobs.control().find(id);
            if (job.isEmpty()) {
                spec.commandLine().getErr().println("jobs: there is no job " + id);
                return JobsCommand.NOT_THERE;
            }
            List<JobEvent> events = jobs.control().events(id);
            if (output.isJson()) {
                Output.json(out, Map.of("job", job.get(), "events", events));
            } else {
                print(out, job.get(), events);
            }
            return 0;
        });
    }

    private static void print(PrintWriter out, JobInfo job, List<JobEvent> events) {
        line(out, "job", job.id());
        line(out, "state", job.state());
        line(out, "type", job.type() + " (version " + job.version() + ")");
        line(out, "queue", job.queue() + ", priority " + job.priority());
        line(
                out,
                "attempt",
                job.attempt() + " of " + job.attempts() + ", each at most " + Durations.show(job.timeout()));
        line(out, "tags", job.tags().isEmpty() ? "-" : String.join(" ", job.tags()));
        line(out, "unique key", Output.orDash(job.uniqueKey()));
        line(out, "enqueued", Output.time(job.enqueuedAt()));
        line(out, "due", Output.time(job.runAt()));
        line(out, "started", Output.time(job.startedAt()));
        line(out, "finished", Output.time(job.finishedAt()));
        line(out, "worker", Output.orDash(job.worker()));
        if (job.progress() != null) {
            line(out, "progress", Math.round(job.progress() * 100) + " % " + Output.orDash(job.progressMessage()));
        }
        line(out, "payload", job.payload());
        line(out, "result", Output.orDash(job.result()));
        line(out, "error", Output.orDash(job.error()));
        for (JobEvent event : events) {
            out.println();
            out.println(Output.time(event.at()) + "  attempt " + event.attempt() + "  " + event.kind() + "  "
                    + event.text());
            if (event.detail() != null) {
                out.println(event.detail().indent(4).stripTrailing());
            }
        }
        out.flush();
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.println(name + " ".repeat(12 - name.length()) + value);
    }
}
