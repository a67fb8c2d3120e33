package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Timelines of jobs: one subject for each job, where the stream drops the oldest of more than 1,000. Safe for use by multiple threads. */
final class Events {
    private static final int MOST = 1_000;

    private final Wire wire;
    private final Names names;

    Events(Wire wire, Names names) {
        this.wire = wire;
        this.names = names;
    }

    /** Adds a line to a job's timeline, and waits until it is kept. */
    void add(long id, int attempt, JobEvent.Kind kind, String text, @Nullable String detail) {
        Wire.await("keep an event", send(id, attempt, kind, text, detail));
    }

    /** Adds a line to a job's timeline; lines of one job that one thread sends keep their order. */
    CompletableFuture<?> send(long id, int attempt, JobEvent.Kind kind, String text, @Nullable String detail) {
        ObjectNode line = Wire.JSON
                .createObjectNode()
                .put("attempt", attempt)
                .put("kind", kind.name())
                .put("text", text);
        if (detail != null) {
            line.put("detail", detail);
        }
        return wire.send(names.event(id), null, Wire.write(line));
    }

    /** {@return a job's timeline, the oldest first; with what was written a moment ago} */
    List<JobEvent> of(long id) {
        String subject = names.event(id);
        Stored last = wire.last(names.events, subject);
        if (last == null) {
            return List.of();
        }
        List<JobEvent> events = new ArrayList<>();
        long from = 1;
        while (events.size() < MOST) {
            Stored next = from == last.sequence() ? last : wire.next(names.events, from, subject);
            if (next == null) {
                break;
            }
            events.add(read(next));
            if (next.sequence() >= last.sequence()) {
                break;
            }
            from = next.sequence() + 1;
        }
        return List.copyOf(events);
    }

    private static JobEvent read(Stored stored) {
        JsonNode line = Wire.read(stored.body());
        return new JobEvent(
                stored.time(),
                line.path("attempt").asInt(),
                JobEvent.Kind.valueOf(line.path("kind").asText()),
                line.path("text").asText(),
                line.has("detail") ? line.path("detail").asText() : null);
    }

    /** Removes a job's timeline. */
    void remove(long id) {
        wire.purge(names.events, names.event(id));
    }
}
