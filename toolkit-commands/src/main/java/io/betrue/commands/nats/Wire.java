package io.betrue.commands.nats;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.errors.TraceId;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The words of the wire, which both sides know. */
final class Wire {
    /** The time that is left, in whole milliseconds. */
    static final String TIMEOUT = "Timeout-Ms";
    /** The status of a reply, unless it is 200. */
    static final String STATUS = "Command-Status";
    /** Set on calls that somebody outside the system began. */
    static final String EXTERNAL = "Command-External";
    /** Set by callers that understand frames, and want signs of life. */
    static final String WATCH = "Command-Watch";
    /** What a message is that is neither a request nor a reply. */
    static final String FRAME = "Command-Frame";
    /** The media type of a stream that belongs to the message. */
    static final String CONTENT = "command-content";
    /** How long that stream is, if that is known. */
    static final String CONTENT_LENGTH = "Command-Content-Length";
    /** The name of that stream, if it has one. */
    static final String CONTENT_NAME = "command-content-name";

    static final String CONTENT_TYPE = "Content-Type";
    static final String YES = "1";
    static final byte[] NOTHING = {};
    static final Duration COME_BACK = Duration.ofSeconds(1);

    private static final long LONGEST_MILLIS = 3_600_000;
    private static final int MOST_DIGITS = 7;
    private static final int NO_RESPONDERS = 503;

    private Wire() {}

    /** {@return whether the server says that nobody listens on the subject of a message which was sent} */
    static boolean isNobodyThere(Message message) {
        return message.isStatusMessage() && message.getStatus().getCode() == NO_RESPONDERS;
    }

    static @Nullable String header(Message message, String name) {
        Headers headers = message.hasHeaders() ? message.getHeaders() : null;
        return headers == null ? null : headers.getLast(name);
    }

    /** {@return the time left, or null if the caller leaves it to the callee} */
    static @Nullable Duration timeout(Message message) {
        String text = header(message, TIMEOUT);
        if (text == null) {
            return null;
        }
        if (text.length() <= MOST_DIGITS && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long millis = Long.parseLong(text);
            if (millis >= 1 && millis <= LONGEST_MILLIS) {
                return Duration.ofMillis(millis);
            }
        }
        throw bad("{header} must be a whole number of milliseconds, 1 to 3600000.", TIMEOUT);
    }

    static String timeout(Duration left) {
        return Long.toString(Math.max(1, Math.min(LONGEST_MILLIS, left.toMillis())));
    }

    static ProblemException bad(String detail, Object... args) {
        return StandardError.BAD_REQUEST.problem().detail(detail, args).toException();
    }

    /** {@return the problem under the trace of its call, or under one of its own} */
    static ProblemException traced(ProblemException failure, @Nullable String traceparent) {
        if (failure.problem().traceId() != null) {
            return failure;
        }
        String trace = TraceId.ofTraceparent(traceparent);
        ProblemException named = failure.problem()
                .ofTrace(trace == null ? TraceId.random() : trace)
                .toException();
        named.initCause(failure);
        return named;
    }

    /** A message above the limit would cost the connection: the server ends it. */
    static boolean fits(Connection connection, Headers headers, byte[] body) {
        return (headers.isEmpty() ? 0 : headers.serializedLength()) + (long) body.length <= connection.getMaxPayload();
    }

    /** {@return the last token of a subject} */
    static String lastToken(String subject) {
        return subject.substring(subject.lastIndexOf('.') + 1);
    }

    /** {@return a subject without its last token, which is the same for all calls of one client, and for all of one instance} */
    static String family(String subject) {
        int dot = subject.lastIndexOf('.');
        return dot < 0 ? subject : subject.substring(0, dot);
    }
}
