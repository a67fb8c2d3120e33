package io.betrue.jobs.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import java.time.Duration;
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

/** Hands in a job. */
@Command(
        name = "enqueue",
        description = "Hands in a job and prints its number.",
        mixinStandardHelpOptions = true,
        footer = {"", "Prints \"ID exists\" when a job with the unique key is there already."})
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EnqueueCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "TYPE", description = "The name of its type.")
    private String type;

    @Parameters(index = "1", paramLabel = "JSON", description = "What it carries.")
    private String payload;

    @Option(
            names = "--queue",
            paramLabel = "QUEUE",
            defaultValue = "default",
            description = "Its queue, ${DEFAULT-VALUE}.")
    private String queue;

    @Option(names = "--priority", paramLabel = "N", defaultValue = "0", description = "-100 to 100, the higher first.")
    private int priority;

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

    @Override
    public Integer call() {
        JobRequest<JsonNode> request = request();
        return connection.with(jobs -> {
            EnqueuedJob job = jobs.enqueue(request);
            spec.commandLine().getOut().println(job.id() + (job.created() ? "" : " exists"));
            spec.commandLine().getOut().flush();
            return 0;
        });
    }

    private JobRequest<JsonNode> request() {
        try {
            JobRequest<JsonNode> request = JobRequest.of(JobType.of(type, JsonNode.class), tree())
                    .queue(queue)
                    .priority(priority)
                    .tags(tags.toArray(new String[0]));
            request = attempts == null ? request : request.attempts(attempts);
            request = timeout == null ? request : request.timeout(timeout);
            request = delay == null ? request : request.in(delay);
            return key == null ? request : request.uniqueKey(key);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private JsonNode tree() {
        try {
            return new ObjectMapper().readTree(payload);
        } catch (JsonProcessingException e) {
            throw new ParameterException(spec.commandLine(), "JSON: " + e.getOriginalMessage(), e);
        }
    }
}
