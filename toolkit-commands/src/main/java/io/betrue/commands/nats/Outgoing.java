package io.betrue.commands.nats;

import io.betrue.commands.Call;
import io.betrue.commands.Deadline;
import io.betrue.commands.internal.ClientSpans;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.regex.Pattern;

/** Makes messages of calls. Immutable. */
final class Outgoing {
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9_-]{1,200}(/[A-Za-z0-9_-]{1,200}){0,7}(\\.v[0-9]{1,4})?");

    private final Duration timeout;

    Outgoing(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * {@return how long the reply is waited for}
     *
     * @throws ProblemException if the call is over already, or its address is that of no command
     */
    Duration left(Call call) {
        if (!ADDRESS.matcher(call.address()).matches()) {
            throw StandardError.NOT_FOUND
                    .problem()
                    .detail("There is no such command.")
                    .toException();
        }
        StandardError over = call.cancellation().reason();
        Deadline deadline = call.deadline();
        if (over == null && deadline != null && deadline.isExpired()) {
            over = StandardError.DEADLINE_EXCEEDED;
        }
        if (over != null) {
            throw over.problem().toException();
        }
        return deadline == null ? timeout : deadline.remaining();
    }

    static Headers headers(Call call, ClientSpans.Sent span, Duration left) {
        Headers headers = new Headers();
        HeaderFields.write(span.under(call.headers()), headers);
        headers.put(Wire.WATCH, Wire.YES);
        if (call.deadline() != null) {
            headers.put(Wire.TIMEOUT, Wire.timeout(left));
        }
        if (call.isExternal()) {
            headers.put(Wire.EXTERNAL, Wire.YES);
        }
        if (call.content() != null) {
            ContentFields.write(call.content(), headers);
        }
        return headers;
    }

    static ProblemException unavailable(String detail) {
        return StandardError.UNAVAILABLE
                .problem()
                .detail(detail)
                .retryAfter(Wire.COME_BACK)
                .toException();
    }

    static ProblemException perhapsDone(String what) {
        return unavailable(what + " It is not known whether the command was done.");
    }
}
