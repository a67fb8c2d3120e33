package io.betrue.jobs.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.internal.JobCodec;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What jobs from the command line carry: read as JSON, and by the type that the application has registered, where there is one. */
final class Payloads {
    private final CommandLine command;
    private final ObjectMapper mapper = JobCodec.defaultMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private @Nullable JobType<?> type;

    Payloads(CommandLine command) {
        this.command = command;
    }

    JsonNode one(String json) {
        try {
            JsonNode value = mapper.readTree(json);
            if (value.isMissingNode()) {
                throw new ParameterException(command, "JSON is empty; {} carries nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    private ParameterException notJson(JsonProcessingException e) {
        return new ParameterException(command, "not JSON: " + Refusals.firstLine(e.getOriginalMessage()), e);
    }

    /** JSON values one after the other. */
    interface Input extends Iterator<JsonNode>, AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** {@return what comes on standard input, which is left open; nothing unless it is wanted} */
    Input input(boolean wanted) throws IOException {
        InputStream in = new FilterInputStream(wanted ? System.in : InputStream.nullInputStream()) {
            @Override
            public void close() {}
        };
        MappingIterator<JsonNode> values = mapper.readerFor(JsonNode.class)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValues(in);
        return new Input() {
            @Override
            public boolean hasNext() {
                try {
                    return values.hasNextValue();
                } catch (IOException e) {
                    throw refused(e);
                }
            }

            @Override
            public JsonNode next() {
                try {
                    return values.nextValue();
                } catch (IOException e) {
                    throw refused(e);
                }
            }

            @Override
            public void close() throws IOException {
                values.close();
            }
        };
    }

    private static IllegalArgumentException refused(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new IllegalArgumentException("not JSON: " + Refusals.firstLine(message), e);
    }

    /** Takes the type as the application knows it; unchecked where there is no application. */
    void type(String name, List<JobApplication> applications, Jobs jobs, @Nullable DataSource pool) {
        if (applications.isEmpty()) {
            type = JobType.of(name, JsonNode.class);
            return;
        }
        JobApplication application = Applications.one(applications);
        try {
            Map<String, JobType<?>> types = Applications.types(application, jobs, pool);
            type = types.get(name);
            if (type == null) {
                throw new ParameterException(
                        command,
                        "the application has no handler for job type " + name + ", only for "
                                + String.join(", ", types.keySet()) + "; --force hands it in all the same");
            }
        } finally {
            Applications.close(application);
        }
    }

    JobRequest<?> request(JsonNode value) {
        if (type == null) {
            throw new IllegalStateException("the type comes first");
        }
        return request(type, value);
    }

    private <P> JobRequest<P> request(JobType<P> known, JsonNode value) {
        try {
            P payload = mapper.treeToValue(value, known.payload());
            if (payload == null) {
                throw new IllegalArgumentException("payload of job type " + known + " must not be null");
            }
            return JobRequest.of(known, payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "payload of job type " + known + " cannot be read as "
                            + known.payload().getSimpleName() + ": " + Refusals.firstLine(e.getOriginalMessage()),
                    e);
        }
    }
}
