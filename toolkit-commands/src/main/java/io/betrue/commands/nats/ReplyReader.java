package io.betrue.commands.nats;

import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.NatsError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.ProblemFormatException;
import io.betrue.errors.StandardError;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/** What a service answered: our own services, and others that follow NATS's convention (ADR-32). */
final class ReplyReader {
    private static final int OK = 200;
    private static final int STATUS_DIGITS = 3;

    private final ErrorCatalogue catalogue;

    ReplyReader(ErrorCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** {@return the problem that was answered, or null if it is a reply} */
    @Nullable
    ProblemException problem(Message message) {
        NatsError error = message.hasHeaders() ? NatsError.ofHeaders(message.getHeaders()::getLast) : null;
        if (error == null) {
            return null;
        }
        Problem problem;
        try {
            problem = catalogue.parse(message.getData());
        } catch (ProblemFormatException another) {
            problem = catalogue.code(error).problem().build();
        }
        return problem.toException();
    }

    /**
     * Reads a reply, but for the stream that may follow it.
     *
     * @throws ProblemException BAD_GATEWAY if it is malformed
     */
    Reply<Payload> reply(Message message) {
        Reply<Payload> reply = Reply.of(Payload.ofJson(message.getData()));
        if (!message.hasHeaders()) {
            return reply;
        }
        Headers fields = message.getHeaders();
        try {
            io.betrue.commands.Headers headers = HeaderFields.read(fields, name -> !HeaderFields.isReserved(name));
            return new Reply<>(status(fields.getLast(Wire.STATUS)), headers, reply.result(), null);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    static ProblemException malformed(IllegalArgumentException cause) {
        return StandardError.BAD_GATEWAY
                .problem()
                .detail("The service's reply is malformed.")
                .cause(cause)
                .toException();
    }

    private static int status(@Nullable String text) {
        if (text == null) {
            return OK;
        }
        if (text.length() != STATUS_DIGITS) {
            throw new IllegalArgumentException("status of a reply must have 3 digits");
        }
        return Integer.parseInt(text);
    }
}
