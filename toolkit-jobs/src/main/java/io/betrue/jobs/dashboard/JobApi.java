package io.betrue.jobs.dashboard;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page asks and orders, as JSON. */
final class JobApi {
    private static final String GUARD = "X-Job-Dashboard";
    private static final JobType<String> NAMES = JobType.of("any", String.class);
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    private final ObjectMapper brief = mapper.copy().addMixIn(JobInfo.class, Brief.class);
    private final Jobs jobs;

    /** A line of a list: without what may be large. */
    @JsonIgnoreProperties({"payload", "result"})
    private interface Brief {}

    JobApi(Jobs jobs) {
        this.jobs = jobs;
    }

    void overview(Context ctx) {
        JobControl control = jobs.control();
        send(
                ctx,
                brief,
                Map.of(
                        "queues", control.queues(),
                        "rates", control.rates(WINDOW),
                        "windowSeconds", WINDOW.toSeconds(),
                        "workers", control.workers(),
                        "running",
                                control.list(
                                        JobQuery.all().states(JobState.RUNNING).limit(100)),
                        "schedules", jobs.schedules().list()));
    }

    void list(Context ctx) {
        send(ctx, brief, jobs.control().list(query(ctx)));
    }

    private static JobQuery query(Context ctx) {
        try {
            JobQuery query = JobQuery.all();
            String states = given(ctx, "state");
            if (states != null) {
                JobState[] wanted =
                        Arrays.stream(states.split(",")).map(JobState::valueOf).toArray(JobState[]::new);
                query = query.states(wanted[0], wanted);
            }
            String type = given(ctx, "type");
            query = type == null ? query : query.type(type);
            String queue = given(ctx, "queue");
            query = queue == null ? query : query.queue(queue);
            String tag = given(ctx, "tag");
            query = tag == null ? query : query.tag(tag);
            String before = given(ctx, "before");
            query = before == null ? query : query.before(Long.parseLong(before));
            String limit = given(ctx, "limit");
            return limit == null ? query : query.limit(Integer.parseInt(limit));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("the query must have states, numbers and names that there can be");
        }
    }

    private static @Nullable String given(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    void show(Context ctx) {
        long id = id(ctx);
        JobInfo job = jobs.control().find(id).orElseThrow(() -> new NotFoundResponse("there is no job " + id));
        send(ctx, mapper, Map.of("job", job, "events", jobs.control().events(id)));
    }

    void changeJob(Context ctx) {
        guard(ctx);
        long id = id(ctx);
        JobControl control = jobs.control();
        boolean done = switch (ctx.pathParam("action")) {
            case "retry" -> control.retry(id);
            case "cancel" -> control.cancel(id);
            case "discard" -> control.discard(id);
            default -> throw new NotFoundResponse("there are retry, cancel and discard");
        };
        if (!done) {
            throw new ConflictResponse("job " + id + " is not there, or not in a state for that");
        }
        ctx.status(204);
    }

    void changeQueue(Context ctx) {
        guard(ctx);
        String name = ctx.pathParam("name");
        try {
            NAMES.queue(name); // refuses what can be no name
            switch (ctx.pathParam("action")) {
                case "pause" -> jobs.control().pause(name);
                case "resume" -> jobs.control().resume(name);
                default -> throw new NotFoundResponse("there are pause and resume");
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("there can be no queue of that name");
        }
        ctx.status(204);
    }

    void changeSchedule(Context ctx) {
        guard(ctx);
        String name = ctx.pathParam("name");
        boolean done = switch (ctx.pathParam("action")) {
            case "pause" -> jobs.schedules().pause(name);
            case "resume" -> jobs.schedules().resume(name);
            default -> throw new NotFoundResponse("there are pause and resume");
        };
        if (!done) {
            throw new NotFoundResponse("there is no such schedule");
        }
        ctx.status(204);
    }

    /** A page of another site can make a browser send a form, but not this header. */
    private static void guard(Context ctx) {
        if (ctx.header(GUARD) == null) {
            throw new ForbiddenResponse("the header " + GUARD + " is missing");
        }
    }

    private static long id(Context ctx) {
        try {
            return Long.parseLong(ctx.pathParam("id"));
        } catch (NumberFormatException e) {
            throw new BadRequestResponse("the number of a job is a whole number");
        }
    }

    private static void send(Context ctx, ObjectMapper mapper, Object value) {
        try {
            ctx.header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .contentType("application/json")
                    .result(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written as JSON", e);
        }
    }
}
