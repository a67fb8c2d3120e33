package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks all workers at once what they hold: whether a job runs, only its worker knows. Those that do not answer in time are taken to hold nothing. Safe for
 * use by multiple threads.
 */
final class Census {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Connection connection;
    private final Names names;
    private final Roster roster;
    private final ServerClock clock;

    Census(Connection connection, Names names, Roster roster, ServerClock clock) {
        this.connection = connection;
        this.names = names;
        this.roster = roster;
        this.clock = clock;
    }

    /**
     * A job that a worker holds.
     *
     * @param id its number
     * @param subject of its message
     * @param worker the worker's number
     * @param workerName what the worker calls itself
     * @param attempt which attempt this is
     * @param startedAt when it was claimed
     * @param progress 0 to 1, or {@code null}
     * @param message said with the progress, or {@code null}
     */
    record Running(
            long id,
            String subject,
            long worker,
            String workerName,
            int attempt,
            Instant startedAt,
            @Nullable Double progress,
            @Nullable String message) {}

    /** What a worker that was asked to let go of a job says. */
    enum Held {
        /** It is being run. */
        RUNNING,
        /** Nobody runs it, and none of those who were asked will for the next minute, whatever is delivered to them. */
        NOWHERE
    }

    /** {@return all jobs that run, by number} */
    Map<Long, Running> running() {
        Map<Long, Running> all = new HashMap<>();
        for (JsonNode answer : ask(Map.of("ask", "held"))) {
            answer.path("jobs").forEach(job -> {
                Running running = read(answer, job);
                all.put(running.id(), running);
            });
        }
        return all;
    }

    /** {@return a job, if it runs} */
    @Nullable
    Running running(long id) {
        for (JsonNode answer : ask(Map.of("ask", "find", "id", id))) {
            for (JsonNode job : answer.path("jobs")) {
                return read(answer, job);
            }
        }
        return null;
    }

    /**
     * {@return the numbers of those jobs whose end some worker has settled a short time ago}
     *
     * @param sequences the numbers of the messages by those of their jobs
     */
    Set<Long> settled(Map<Long, Long> sequences) {
        Set<Long> all = new HashSet<>();
        for (JsonNode answer : ask(Map.of("ask", "settled", "messages", sequences))) {
            answer.path("settled").forEach(id -> all.add(id.asLong()));
        }
        return all;
    }

    /** {@return the numbers of all jobs that run in other workers than one} */
    Set<Long> runningElsewhere(long worker) {
        Set<Long> all = new HashSet<>();
        for (JsonNode answer : ask(Map.of("ask", "held"))) {
            if (answer.path("worker").asLong() != worker) {
                answer.path("jobs").forEach(job -> all.add(job.path("id").asLong()));
            }
        }
        return all;
    }

    /** Tells whoever runs a job that it is to be cancelled; whoever does not must not begin it for the next minute. */
    Held cancel(long id) {
        return held("cancel", id);
    }

    /** Keeps all from beginning a job for the next minute, unless somebody runs it. */
    Held withhold(long id) {
        return held("withhold", id);
    }

    /** Ends {@link #withhold}. */
    void allow(long id) {
        ask(Map.of("ask", "allow", "id", id));
    }

    private Held held(String what, long id) {
        boolean running = ask(Map.of("ask", what, "id", id)).stream()
                .anyMatch(answer -> answer.path("running").asBoolean());
        return running ? Held.RUNNING : Held.NOWHERE;
    }

    private static Running read(JsonNode answer, JsonNode job) {
        return new Running(
                job.path("id").asLong(),
                job.path("subject").asText(),
                answer.path("worker").asLong(),
                answer.path("name").asText(),
                job.path("attempt").asInt(),
                Instant.parse(job.path("started").asText()),
                job.has("progress") ? job.path("progress").asDouble() : null,
                job.has("message") ? job.path("message").asText() : null);
    }

    private List<JsonNode> ask(Map<String, ?> question) {
        Set<Long> expected = new HashSet<>();
        Instant now = clock.now();
        roster.workers().forEach((id, card) -> {
            if (!card.isSilent(now)) {
                expected.add(id);
            }
        });
        if (expected.isEmpty()) {
            return List.of();
        }
        List<JsonNode> answers = new ArrayList<>();
        String inbox = connection.createInbox();
        try {
            Subscription subscription = connection.subscribe(inbox);
            try {
                connection.publish(names.ask, inbox, Wire.write(question));
                gather(subscription, expected, answers);
            } finally {
                subscription.unsubscribe();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while workers were asked", e);
        } catch (IllegalStateException e) {
            throw new JobException("NATS cannot be reached: " + e.getMessage(), e);
        }
        return answers;
    }

    private static void gather(Subscription subscription, Set<Long> expected, List<JsonNode> answers)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.isEmpty()) {
            long left = end - System.nanoTime();
            Message message = left <= 0 ? null : subscription.nextMessage(Duration.ofNanos(left));
            if (message == null) {
                return;
            }
            if (!message.isStatusMessage()) {
                JsonNode answer = Wire.read(message.getData());
                expected.remove(answer.path("worker").asLong());
                answers.add(answer);
            }
        }
    }
}
