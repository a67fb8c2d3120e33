package io.betrue.commands.nats;

import io.betrue.commands.Call;
import io.betrue.commands.Content;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.errors.StandardError;
import io.nats.client.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes calls of messages. Immutable. */
final class Incoming {
    private final Set<String> headers;
    private final Pulse pulse;
    private final Duration idle;

    Incoming(NatsServerConfig config, Set<String> travelling, Pulse pulse) {
        headers = new HashSet<>(config.headers);
        headers.addAll(travelling);
        headers.removeIf(HeaderFields::isReserved);
        this.pulse = pulse;
        idle = config.idle;
    }

    /**
     * Makes a call.
     *
     * @throws io.betrue.errors.ProblemException BAD_REQUEST or NOT_FOUND
     * @throws IllegalArgumentException if a header is malformed
     */
    Call call(Serving serving) {
        Endpoint endpoint = serving.endpoint();
        Message message = serving.request();
        Headers allowed =
                message.hasHeaders() ? HeaderFields.read(message.getHeaders(), headers::contains) : Headers.NONE;
        if (endpoint == null) {
            throw StandardError.NOT_FOUND
                    .problem()
                    .detail("There is no such command.")
                    .toException();
        }
        Duration left = Wire.timeout(message);
        return Call.to(endpoint.address())
                .input(Payload.ofJson(message.getData()))
                .content(content(serving))
                .headers(allowed)
                .deadline(left == null ? null : Deadline.in(left))
                .cancellation(serving.cancellation())
                .external(Wire.header(message, Wire.EXTERNAL) != null)
                .by("nats", "")
                .build();
    }

    private @Nullable Content content(Serving serving) {
        if (!serving.isStreaming()) {
            return null;
        }
        Inflow in = Inflow.ofCaller(frame -> pulse.send(serving, frame), idle);
        serving.in(in);
        return ContentFields.read(serving.request().getHeaders(), in);
    }
}
