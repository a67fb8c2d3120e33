package io.betrue.jobs.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Jobs;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands in jobs. */
@Command(
        name = "enqueue",
        description = "Hands in a job and prints its number.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Where the application is on the class path, its handlers say which types there are, what their jobs carry, and their queue, attempts and"
                    + " so on; without it, nothing is checked.",
            "Prints \"ID exists\" when a job with the unique key is there already."
        })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EnqueueCommand implements Callable<Integer> {
    private static final int BATCH = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "TYPE", description = "The name of its type.")
    private String type;

    @Parameters(
            index = "1",
            paramLabel = "JSON",
            description = "What it carries; - for a job for each JSON value on standard input.")
    private String payload;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Its queue; that of its type by default.")
    private @Nullable String queue;

    @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, the higher first.")
    private @Nullable Integer priority;

    @Option(names = "--attempts", paramLabel = "N", description = "All attempts, the first included.")
    private @Nullable Integer attempts;

    @Option(names = "--timeout", paramLabel = "TIME", description = "For one attempt, such as 5m.")
    private @Nullable Duration timeout;

    @Option(names = "--in", paramLabel = "TIME", description = "Wait so long, such as 10m.")
    private @Nullable Duration delay;

    @Option(names = "--key", paramLabel = "KEY", description = "Only when no job of this type and key waits or runs.")
    private @Nullable String key;

    @Option(names = "--tag", paramLabel = "TAG", description = "A mark to find it by; may be repeated.")
    private List<String> tags = List.of();

    @Option(names = "--force", description = "Do not ask the application whether there is such a type and payload.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        boolean fromInput = payload.equals("-");
        Payloads payloads = new Payloads(spec.commandLine());
        List<JsonNode> given = fromInput ? List.of() : List.of(payloads.one(payload));
        try (Backend backend = connection.open();
                Payloads.Input input = payloads.input(fromInput)) {
            return backend.with(jobs -> {
                payloads.type(type, force ? List.of() : Applications.found(), jobs, backend.dataSource());
                handIn(jobs, payloads, fromInput ? input : given.iterator());
                return 0;
            });
        }
    }

    private void handIn(Jobs jobs, Payloads payloads, Iterator<JsonNode> values) {
        PrintWriter out = spec.commandLine().getOut();
        List<JobRequest<?>> batch = new ArrayList<>();
        long done = 0;
        try {
            while (values.hasNext()) {
                batch.add(treated(payloads.request(values.next())));
                if (batch.size() == BATCH || !values.hasNext()) {
                    jobs.enqueueAll(batch).forEach(job -> print(out, job));
                    done += batch.size();
                    batch.clear();
                }
            }
        } catch (IllegalArgumentException e) {
            String before = done + batch.size() == 0
                    ? ""
                    : " (value " + (done + batch.size() + 1) + "; " + done + " jobs before it are handed in)";
            throw new ParameterException(spec.commandLine(), Refusals.firstLine(e.getMessage()) + before, e);
        } catch (JobException e) {
            throw done == 0 ? e : new JobException(e.getMessage() + " (" + done + " jobs are handed in)", e);
        } finally {
            out.flush();
        }
    }

    private static void print(PrintWriter out, EnqueuedJob job) {
        out.println(job.id() + (job.created() ? "" : " exists"));
    }

    private <P> JobRequest<P> treated(JobRequest<P> plain) {
        JobRequest<P> request = plain.tags(tags.toArray(new String[0]));
        request = queue == null ? request : request.queue(queue);
        request = priority == null ? request : request.priority(priority);
        request = attempts == null ? request : request.attempts(attempts);
        request = timeout == null ? request : request.timeout(timeout);
        request = delay == null ? request : request.in(delay);
        return key == null ? request : request.uniqueKey(key);
    }
}
