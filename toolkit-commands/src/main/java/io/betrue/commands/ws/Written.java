package io.betrue.commands.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Payload;
import io.betrue.commands.Push;
import io.betrue.commands.Reply;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The messages of the server. */
final class Written {
    private static final int PROTOCOL = 1;

    private Written() {}

    static Push hello(Settings settings) {
        return Push.ofJson("{\"hello\":{\"protocol\":" + PROTOCOL
                + ",\"maxMessage\":" + settings.maxMessage()
                + ",\"maxCalls\":" + settings.maxCalls()
                + ",\"heartbeat\":" + settings.heartbeat().toMillis()
                + ",\"patience\":" + settings.patience().toMillis() + "}}");
    }

    static Push going(Settings settings) {
        return Push.ofJson("{\"going\":{\"within\":" + settings.goingWithin().toMillis() + "}}");
    }

    static Push ping(long beat) {
        return Push.ofJson("{\"ping\":" + beat + "}");
    }

    static Push pong(long beat) {
        return Push.ofJson("{\"pong\":" + beat + "}");
    }

    static Push problem(@Nullable Long id, Problem problem) {
        String start = id == null ? "{" : "{\"id\":" + id + ",";
        return Push.ofJson(start + "\"problem\":" + utf8(problem.toJson()) + "}");
    }

    /** {@return the reply, or the problem that there is with it} */
    static Push reply(long id, Reply<Payload> reply, ObjectMapper mapper) {
        Payload result = reply.result();
        byte[] output = result.bytes(mapper);
        if (result.isForeign() && !Message.isOneValue(output)) {
            return problem(
                    id,
                    StandardError.BAD_GATEWAY
                            .problem()
                            .detail("The service answered with something that is not JSON.")
                            .build());
        }
        StringBuilder text = new StringBuilder(output.length + 64);
        text.append("{\"id\":").append(id).append(",\"status\":").append(reply.status());
        text.append(",\"output\":").append(utf8(output));
        if (!reply.headers().names().isEmpty()) {
            text.append(",\"headers\":").append(headers(reply, mapper));
        }
        return Push.ofJson(text.append('}').toString());
    }

    private static String headers(Reply<?> reply, ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(reply.headers().toMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts cannot be written as JSON", e);
        }
    }

    private static String utf8(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
