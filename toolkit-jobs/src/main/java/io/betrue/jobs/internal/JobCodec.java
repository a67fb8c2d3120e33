package io.betrue.jobs.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns requests into what stores keep, and payloads into what handlers take. Safe for use by multiple threads. */
public final class JobCodec {
    private static final int LARGEST_PAYLOAD = 1024 * 1024;
    private static final int LARGEST_RESULT = 64 * 1024;

    private final ObjectMapper mapper;
    private final Trace trace;
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** Where the trace of whoever enqueues comes from. */
    @FunctionalInterface
    public interface Trace {
        /** {@return the W3C trace context of this thread, or {@code null}} */
        @Nullable
        String current();
    }

    /**
     * Makes a codec.
     *
     * @param mapper writes and reads payloads
     * @param trace the trace of whoever enqueues
     */
    public JobCodec(ObjectMapper mapper, Trace trace) {
        this.mapper = mapper;
        this.trace = trace;
    }

    /** {@return a mapper for records and {@code java.time}, times as ISO 8601 text} */
    public static ObjectMapper defaultMapper() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }

    /**
     * {@return jobs written out}
     *
     * @param requests what the caller wants
     */
    public List<NewJob> write(List<? extends JobRequest<?>> requests) {
        String context = trace.current();
        return requests.stream().map(request -> write(request, context)).toList();
    }

    private NewJob write(JobRequest<?> request, @Nullable String context) {
        JobType<?> type = request.type();
        return new NewJob(
                type.name(),
                type.version(),
                type.queue(),
                type.priority(),
                type.attempts(),
                type.timeout(),
                payload(type, request.payload()),
                request.tags(),
                request.uniqueKey().map(key -> type.name() + ':' + key).orElse(null),
                request.uniqueFor().orElse(null),
                request.delay().orElse(null),
                request.runAt().orElse(null),
                context);
    }

    private String payload(JobType<?> type, Object payload) {
        String json = json(() -> "payload of job type " + type, payload);
        if (json.length() > LARGEST_PAYLOAD) {
            throw new JobException("payload of job type " + type + " must have at most " + LARGEST_PAYLOAD
                    + " characters as JSON, had " + json.length() + "; keep it elsewhere and carry its address");
        }
        return json;
    }

    /**
     * {@return what a job came to, as JSON}
     *
     * @param result what the handler handed in
     * @throws JobException if it cannot be written or is too large
     */
    String result(Object result) {
        String json = json(() -> "result", result);
        if (json.length() > LARGEST_RESULT) {
            throw new JobException(
                    "result must have at most " + LARGEST_RESULT + " characters as JSON, had " + json.length());
        }
        return json;
    }

    private String json(Supplier<String> what, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new JobException(what.get() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads what a job carries.
     *
     * @param type what the handler takes
     * @param job a claim
     * @param <P> what it carries
     * @return the payload
     * @throws JobException if it is of a newer version, or does not fit
     */
    <P> P read(JobType<P> type, ClaimedJob job) {
        if (job.version() > type.version()) {
            throw new JobException("payload of job type " + type + " has version " + job.version()
                    + ", this worker knows up to " + type.version());
        }
        try {
            return job.version() == type.version()
                    ? nonNull(type, reader(type).readValue(job.payload()))
                    : nonNull(type, mapper.treeToValue(upcast(type, job), type.payload()));
        } catch (JsonProcessingException e) {
            throw new JobException(
                    "payload of job type " + type + " cannot be read as "
                            + type.payload().getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private ObjectReader reader(JobType<?> type) {
        return readers.computeIfAbsent(type.payload(), mapper::readerFor);
    }

    private static <P> P nonNull(JobType<P> type, @Nullable P payload) {
        if (payload == null) {
            throw new JobException("payload of job type " + type + " is null");
        }
        return payload;
    }

    private JsonNode upcast(JobType<?> type, ClaimedJob job) throws JsonProcessingException {
        JsonNode tree = mapper.readTree(job.payload());
        for (int from = job.version(); from < type.version(); from++) {
            UnaryOperator<JsonNode> upcaster = type.upcasters().get(from);
            if (upcaster == null) {
                throw new JobException(
                        "payload of job type " + type + " has version " + from + ", which nobody brings up");
            }
            tree = upcaster.apply(tree);
        }
        return tree;
    }
}
