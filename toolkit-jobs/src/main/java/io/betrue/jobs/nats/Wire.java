package io.betrue.jobs.nats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Questions to JetStream and its answers. All methods throw {@link JobException} when there is no answer. Safe for use by multiple threads. */
final class Wire {
    static final ObjectMapper JSON = new ObjectMapper();
    /** A field by which the server knows a message that comes a second time. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    /** A field that says which message must be the last of its subject for the server to take another; 0 for none. */
    static final String EXPECTED = "Nats-Expected-Last-Subject-Sequence";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String API = "$JS.API.";
    /** For header fields: what a job is, and what its attempts add. */
    private static final int ROOM = 48_576;

    private static final int HEADERS = 24_000;

    private static final long MOST_BYTES_PER_CHAR = 3;
    private static final String SEQUENCE = "\"seq\":";
    private static final int NOT_FOUND = 404;
    private static final byte[] NOTHING = {};

    final Connection connection;
    final Unanswered unanswered = new Unanswered();

    Wire(Connection connection) {
        this.connection = connection;
    }

    /** Sends a message that a stream takes in; completes with its number there, or with {@link Refused}. */
    CompletableFuture<Long> send(String subject, @Nullable Headers headers, byte[] body) {
        return ask(subject, headers, body).thenApply(answer -> sequence(subject, answer));
    }

    /**
     * {@return why the server takes no job with such a payload, or {@code null} when it does} Must be asked before it is sent: the server ends the
     * connection of whoever sends a message that is too large.
     */
    @Nullable
    String refusal(NewJob job) {
        long most = connection.getMaxPayload() - ROOM;
        if (most <= 0 || job.payload().length() * MOST_BYTES_PER_CHAR <= most) {
            return null;
        }
        int size = JobMessages.payload(job).length;
        return size > most
                ? "payload of job type " + job.type() + " must have at most " + most
                        + " bytes as JSON for this NATS server (its max_payload less " + ROOM
                        + " for header fields), had " + size + "; keep it elsewhere and carry its address"
                : null;
    }

    /** {@return whether the server takes a message with such a body and the header fields of a job} */
    boolean takes(byte[] body) {
        return body.length <= connection.getMaxPayload() - HEADERS;
    }

    /** Sends a message that a stream takes in, and waits until it has. */
    long publish(String subject, @Nullable Headers headers, byte[] body) {
        return await("keep " + subject, send(subject, headers, body));
    }

    /** Reads what JetStream says nearly always without a parser. */
    private static long sequence(String subject, Message answer) {
        if (!answer.isStatusMessage()) {
            String text = new String(answer.getData(), StandardCharsets.UTF_8);
            int begin = text.indexOf(SEQUENCE);
            if (begin > 0 && text.indexOf("\"error\"") < 0) {
                long sequence = 0;
                int first = begin + SEQUENCE.length();
                while (first < text.length() && text.charAt(first) == ' ') {
                    first++;
                }
                for (int i = first; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
                    sequence = sequence * 10 + (text.charAt(i) - '0');
                }
                return sequence;
            }
        }
        return json("keep " + subject, answer).path("seq").asLong();
    }

    /** {@return the last message of a subject, which may have wildcards; as the stream's leader knows it} */
    @Nullable
    Stored last(String stream, String subject) {
        return stored(stream, JSON.createObjectNode().put("last_by_subj", subject));
    }

    /** {@return a message by its number, as the stream's leader knows it} */
    @Nullable
    Stored get(String stream, long sequence) {
        return stored(stream, JSON.createObjectNode().put("seq", sequence));
    }

    /** {@return the first message from a number on whose subject matches, as the stream's leader knows it} */
    @Nullable
    Stored next(String stream, long from, String subject) {
        return stored(stream, JSON.createObjectNode().put("seq", from).put("next_by_subj", subject));
    }

    /** Asks for the last message of a subject, as the stream's leader knows it. */
    CompletableFuture<@Nullable Stored> askLast(String stream, String subject) {
        return askStored(stream, JSON.createObjectNode().put("last_by_subj", subject));
    }

    private @Nullable Stored stored(String stream, ObjectNode request) {
        return await("show a message of " + stream, askStored(stream, request));
    }

    private CompletableFuture<@Nullable Stored> askStored(String stream, ObjectNode request) {
        return ask(API + "STREAM.MSG.GET." + stream, null, bytes(request)).thenApply(answer -> stored(stream, answer));
    }

    private static @Nullable Stored stored(String stream, Message answer) {
        try {
            JsonNode message = json("show a message of " + stream, answer).path("message");
            byte[] lines = decoded(message.path("hdrs"));
            return new Stored(
                    message.path("subject").asText(),
                    message.path("seq").asLong(),
                    ZonedDateTime.parse(message.path("time").asText()).toInstant(),
                    HeaderLines.read(lines),
                    decoded(message.path("data")));
        } catch (Refused e) {
            if (e.isNoMessage()) {
                return null;
            }
            throw e;
        }
    }

    private static byte[] decoded(JsonNode text) {
        return text.isMissingNode() ? NOTHING : Base64.getDecoder().decode(text.asText());
    }

    /** Asks for the last message of a subject, which may have wildcards; any replica answers, so what was written a moment ago may be missing. */
    CompletableFuture<@Nullable Stored> peek(String stream, String subject) {
        return peek(stream, JSON.createObjectNode().put("last_by_subj", subject));
    }

    /** Asks for a message by its number; any replica answers. */
    CompletableFuture<@Nullable Stored> peek(String stream, long sequence) {
        return peek(stream, JSON.createObjectNode().put("seq", sequence));
    }

    /** Asks for the first message from a number on whose subject matches; any replica answers. */
    CompletableFuture<@Nullable Stored> peekNext(String stream, long from, String subject) {
        return peek(stream, JSON.createObjectNode().put("seq", from).put("next_by_subj", subject));
    }

    private CompletableFuture<@Nullable Stored> peek(String stream, ObjectNode request) {
        return ask(API + "DIRECT.GET." + stream, null, bytes(request)).thenApply(Wire::direct);
    }

    private static @Nullable Stored direct(Message answer) {
        if (answer.isStatusMessage()) {
            if (answer.getStatus().getCode() == NOT_FOUND) {
                return null;
            }
            throw new JobException("NATS answered " + answer.getStatus());
        }
        Headers headers = answer.getHeaders();
        return new Stored(
                headers.getFirst("Nats-Subject"),
                Long.parseLong(headers.getFirst("Nats-Sequence")),
                Instant.parse(headers.getFirst("Nats-Time-Stamp")),
                headers,
                answer.getData());
    }

    /** {@return whether the message was there} */
    boolean delete(String stream, long sequence) {
        return await("remove a message of " + stream, remove(stream, sequence));
    }

    /** Removes a message; completes with whether it was there. */
    CompletableFuture<Boolean> remove(String stream, long sequence) {
        ObjectNode request = JSON.createObjectNode().put("seq", sequence).put("no_erase", true);
        return ask(API + "STREAM.MSG.DELETE." + stream, null, bytes(request)).thenApply(answer -> {
            try {
                json("remove a message of " + stream, answer);
                return true;
            } catch (Refused e) {
                if (e.isNoMessage()) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Removes all messages of a subject. */
    void purge(String stream, String subject) {
        api("STREAM.PURGE." + stream, JSON.createObjectNode().put("filter", subject));
    }

    /** Asks JetStream's interface; throws {@link Refused} where it says no. */
    JsonNode api(String path, @Nullable ObjectNode request) {
        CompletableFuture<Message> answer = ask(API + path, null, request == null ? NOTHING : bytes(request));
        return json("answer " + path, await("answer " + path, answer));
    }

    private static byte[] bytes(ObjectNode request) {
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String what, Message answer) {
        if (answer.isStatusMessage()) {
            throw new JobException(
                    "NATS does not " + what + ": " + answer.getStatus().getMessage() + "; is JetStream enabled there?");
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.getData());
        } catch (IOException e) {
            throw new JobException("NATS answered something else than JSON", e);
        }
        JsonNode error = json.path("error");
        if (!error.isMissingNode()) {
            throw new Refused(
                    what,
                    error.path("err_code").asInt(),
                    error.path("description").asText());
        }
        return json;
    }

    /** Asks a question; completes with the answer, which may be a status. At once with a failure while there is no connection, so that nothing is sent later. */
    CompletableFuture<Message> ask(String subject, @Nullable Headers headers, byte[] body) {
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            return CompletableFuture.failedFuture(new JobException("NATS cannot be reached"));
        }
        try {
            CompletableFuture<Message> answer =
                    unanswered.add(connection.requestWithTimeout(subject, headers, body, PATIENCE));
            if (connection.getStatus() != Connection.Status.CONNECTED) {
                unanswered.giveUp();
            }
            return answer;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new JobException("NATS cannot be asked: " + e.getMessage(), e));
        }
    }

    /** Says something that nobody answers. */
    void tell(String subject, byte[] body) {
        tell(subject, null, body);
    }

    /** Asks for what is sent to a subject. */
    void tell(String subject, @Nullable String answers, byte[] body) {
        try {
            connection.publish(subject, answers, body);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new JobException("NATS cannot be told: " + e.getMessage(), e);
        }
    }

    static <T extends @Nullable Object> T await(String what, CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS was asked to " + what, e);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | CancellationException e) {
            throw new JobException("NATS did not " + what + " in time", e);
        }
    }

    static JobException failure(String what, Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof JobException known) {
            return known;
        }
        return cause instanceof CancellationException || cause instanceof TimeoutException
                ? new JobException("NATS did not " + what + " in time", cause)
                : new JobException("NATS did not " + what + ": " + cause, cause);
    }

    static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours cannot be written", e);
        }
    }

    static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new JobException("a record in NATS is no JSON", e);
        }
    }
}
