package io.betrue.jobs.nats;

import io.betrue.jobs.internal.NewJob;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as messages: what they are in header fields, which are left out where they say what is usual, and the payload as the body. Times are microseconds
 * since 1970.
 */
final class JobMessages {
    static final String TRACE = "traceparent";
    private static final String TYPE = "Job-Type";
    private static final String VERSION = "Job-Version";
    private static final String PRIORITY = "Job-Priority";
    private static final String ATTEMPTS = "Job-Attempts";
    private static final String TIMEOUT = "Job-Timeout-Ms";
    private static final String TAGS = "Job-Tags";
    private static final String KEY = "Job-Key";
    private static final String KEY_SEQUENCE = "Job-Key-Sequence";
    private static final String KEY_FOR = "Job-Key-Ms";
    private static final String ATTEMPT = "Job-Attempt";
    private static final String ENQUEUED = "Job-Enqueued";
    private static final String RUN_AT = "Job-Run-At";
    private static final String STARTED = "Job-Started";
    private static final String FINISHED = "Job-Finished";
    private static final String WORKER = "Job-Worker";
    private static final String ERROR = "Job-Error";
    private static final String PAYLOAD_SIZE = "Job-Payload-Size";
    private static final int USUAL_ATTEMPTS = 20;
    private static final long USUAL_TIMEOUT = Duration.ofMinutes(30).toMillis();
    private static final int LONGEST_ERROR = 2_300;
    private static final long MICROS = 1_000_000;

    private JobMessages() {}

    /** {@return the header fields of a job that is handed in now; when, the stream says} */
    static Headers fresh(NewJob made, long keySequence) {
        Headers headers = new Headers().add(TYPE, made.type());
        number(headers, VERSION, made.version(), 1);
        number(headers, PRIORITY, made.priority(), 0);
        number(headers, ATTEMPTS, made.attempts(), USUAL_ATTEMPTS);
        number(headers, TIMEOUT, made.timeout().toMillis(), USUAL_TIMEOUT);
        number(headers, KEY_SEQUENCE, keySequence, 0);
        if (!made.tags().isEmpty()) {
            headers.add(TAGS, String.join(",", made.tags()));
        }
        text(headers, KEY, made.uniqueKey());
        text(headers, TRACE, made.trace());
        Duration period = made.uniqueFor();
        if (period != null) {
            headers.add(KEY_FOR, Long.toString(Math.max(1, millis(period))));
        }
        return headers;
    }

    /** {@return the header fields of a job that has been somewhere before} */
    static Headers moved(Entry entry) {
        Headers headers = fresh(entry.made(), entry.keySequence());
        number(headers, ATTEMPT, entry.attempt(), 0);
        time(headers, ENQUEUED, entry.enqueuedAt());
        time(headers, RUN_AT, entry.runAt());
        time(headers, STARTED, entry.startedAt());
        time(headers, FINISHED, entry.finishedAt());
        text(headers, WORKER, entry.worker());
        String error = entry.error();
        text(headers, ERROR, error == null ? null : error.substring(0, Math.min(error.length(), LONGEST_ERROR)));
        if (entry.result() != null) {
            headers.add(PAYLOAD_SIZE, Integer.toString(payload(entry.made()).length));
        }
        return headers;
    }

    /** {@return the body of a job: its payload, and behind it what it came to} */
    static byte[] body(Entry entry) {
        byte[] payload = payload(entry.made());
        String result = entry.result();
        if (result == null) {
            return payload;
        }
        byte[] rest = result.getBytes(StandardCharsets.UTF_8);
        byte[] both = java.util.Arrays.copyOf(payload, payload.length + rest.length);
        System.arraycopy(rest, 0, both, payload.length, rest.length);
        return both;
    }

    static byte[] payload(NewJob made) {
        return made.payload().getBytes(StandardCharsets.UTF_8);
    }

    static Entry read(Stored stored) {
        return read(stored.subject(), stored.headers(), stored.body(), stored.time());
    }

    /** {@return the job that a message says; its queue and number stand in the subject} */
    static Entry read(String subject, @Nullable Headers given, byte[] body, Instant time) {
        Headers headers = given == null ? new Headers() : given;
        String size = headers.getFirst(PAYLOAD_SIZE);
        int end = size == null ? body.length : Math.min(Integer.parseInt(size), body.length);
        NewJob made = new NewJob(
                string(headers, TYPE, ""),
                (int) number(headers, VERSION, 1),
                Names.queue(subject),
                (int) number(headers, PRIORITY, 0),
                (int) number(headers, ATTEMPTS, USUAL_ATTEMPTS),
                Duration.ofMillis(number(headers, TIMEOUT, USUAL_TIMEOUT)),
                new String(body, 0, end, StandardCharsets.UTF_8),
                tags(headers),
                text(headers, KEY),
                value(headers, KEY_FOR, millis -> Duration.ofMillis(Long.parseLong(millis))),
                null,
                null,
                text(headers, TRACE));
        return new Entry(
                Names.id(subject),
                made,
                (int) number(headers, ATTEMPT, 0),
                number(headers, KEY_SEQUENCE, 0),
                orElse(value(headers, ENQUEUED, JobMessages::instant), time),
                value(headers, RUN_AT, JobMessages::instant),
                value(headers, STARTED, JobMessages::instant),
                value(headers, FINISHED, JobMessages::instant),
                text(headers, WORKER),
                text(headers, ERROR),
                size == null ? null : new String(body, end, body.length - end, StandardCharsets.UTF_8));
    }

    /** {@return when a delayed job becomes due, or {@code null}} */
    static @Nullable Instant runAt(@Nullable Headers headers) {
        return headers == null ? null : value(headers, RUN_AT, JobMessages::instant);
    }

    private static Instant orElse(@Nullable Instant time, Instant other) {
        return time == null ? other : time;
    }

    private static List<String> tags(Headers headers) {
        String tags = headers.getFirst(TAGS);
        return tags == null ? List.of() : List.of(tags.split(","));
    }

    private static void number(Headers headers, String name, long value, long usual) {
        if (value != usual) {
            headers.add(name, Long.toString(value));
        }
    }

    private static long number(Headers headers, String name, long usual) {
        String value = headers.getFirst(name);
        return value == null ? usual : Long.parseLong(value);
    }

    private static void time(Headers headers, String name, @Nullable Instant time) {
        if (time != null) {
            headers.add(name, Long.toString(time.getEpochSecond() * MICROS + time.getNano() / 1_000));
        }
    }

    private static Instant instant(String micros) {
        long all = Long.parseLong(micros);
        return Instant.ofEpochSecond(Math.floorDiv(all, MICROS), Math.floorMod(all, MICROS) * 1_000);
    }

    private static void text(Headers headers, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            headers.add(name, HeaderLines.escape(text));
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        return value(headers, name, HeaderLines::unescape);
    }

    private static String string(Headers headers, String name, String absent) {
        String value = headers.getFirst(name);
        return value == null ? absent : value;
    }

    private static <T> @Nullable T value(Headers headers, String name, Function<String, T> reading) {
        String value = headers.getFirst(name);
        return value == null ? null : reading.apply(value);
    }

    private static long millis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
