package io.betrue.commands.nats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.NatsError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reply or a problem as a message. Immutable. */
final class Answer {
    private static final Logger log = LoggerFactory.getLogger(Answer.class);
    private static final int OK = 200;

    private final Headers headers;
    private final byte[] body;
    private final @Nullable NatsError error;
    private final @Nullable Content content;

    private Answer(Headers headers, byte[] body, @Nullable NatsError error, @Nullable Content content) {
        this.headers = headers;
        this.body = body;
        this.error = error;
        this.content = content;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** {@return what discovery counts, or null if it is no problem} */
    @Nullable
    NatsError error() {
        return error;
    }

    /** {@return the stream that follows, or null} */
    @Nullable
    Content content() {
        return content;
    }

    /** Makes a message that the connection can carry. */
    static Answer of(Reply<Payload> reply, ObjectMapper mapper, Connection connection) {
        Headers headers = new Headers();
        HeaderFields.write(reply.headers(), headers);
        if (reply.status() != OK) {
            headers.put(Wire.STATUS, Integer.toString(reply.status()));
        }
        Content content = reply.content();
        if (content != null) {
            ContentFields.write(content, headers);
        }
        byte[] body = reply.result().bytes(mapper);
        return Wire.fits(connection, headers, body)
                ? new Answer(headers, body, null, content)
                : of(tooLarge(connection), connection);
    }

    private static Problem tooLarge(Connection connection) {
        return StandardError.PAYLOAD_TOO_LARGE
                .problem()
                .detail("The reply is larger than the {limit} bytes that NATS allows.", connection.getMaxPayload())
                .build();
    }

    static Answer of(Problem problem, Connection connection) {
        NatsError error = NatsError.of(problem);
        Headers headers = new Headers();
        headers.put(Wire.CONTENT_TYPE, Problem.MEDIA_TYPE);
        error.headers().forEach(headers::put);
        byte[] body = problem.toJson();
        if (!Wire.fits(connection, headers, body)) {
            body = problem.code().problem().status(problem.status()).build().toJson();
        }
        return new Answer(headers, body, error, null);
    }

    static Answer of(Throwable failure, Connection connection) {
        Throwable cause = failure;
        while (!(cause instanceof ProblemException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException problem) {
            return of(problem.problem(), connection);
        }
        log.error("a call could not be answered", failure);
        return of(StandardError.INTERNAL.problem().build(), connection);
    }
}
