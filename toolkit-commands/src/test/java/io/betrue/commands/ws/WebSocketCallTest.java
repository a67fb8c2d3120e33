package io.betrue.commands.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.Commands;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.commands.contract.CallContract;
import io.betrue.errors.ErrorCatalogue;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Calls over a WebSocket are answered as on every other transport. */
class WebSocketCallTest extends CallContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected boolean carriesStreams() {
        return false;
    }

    @Override
    protected boolean carriesAnyBytes() {
        return false;
    }

    @Override
    protected boolean isInside() {
        return false;
    }

    @Override
    protected Way open(Commands commands) {
        Javalin app = Javalin.create(config -> config.registerPlugin(new WebSocketCommands(
                        commands, ws -> ws.rate(10_000, 10_000).stop(Duration.ZERO, Duration.ofSeconds(1)))))
                .start(0);
        Peer peer = Peer.connect(app.port());
        AtomicLong number = new AtomicLong();
        return new Way() {
            @Override
            public Target target() {
                return call -> WebSocketCallTest.send(peer, number.incrementAndGet(), call, commands.catalogue());
            }

            @Override
            public void close() {
                peer.close();
                app.stop();
                commands.close();
            }
        };
    }

    private static CompletableFuture<Reply<Payload>> send(Peer peer, long number, Call call, ErrorCatalogue catalogue) {
        CompletableFuture<JsonNode> answer = peer.answered(number);
        peer.sendAsIs(text(number, call));
        call.cancellation().onCancel(() -> peer.sendAsIs("{\"id\":" + number + ",\"cancel\":true}"));
        return answer.thenApply(message -> reply(message, catalogue));
    }

    private static String text(long number, Call call) {
        String input = new String(call.input().bytes(JSON), StandardCharsets.UTF_8);
        Deadline deadline = call.deadline();
        String timeout = deadline == null
                ? ""
                : ",\"timeout\":" + Math.max(1, deadline.remaining().toMillis());
        return "{\"id\":" + number + ",\"call\":\"" + call.address() + "\",\"headers\":"
                + JSON.valueToTree(call.headers().toMap()) + timeout + ",\"input\":" + input + "}";
    }

    private static Reply<Payload> reply(JsonNode message, ErrorCatalogue catalogue) {
        try {
            if (message.has("problem")) {
                JsonNode problem = message.get("problem");
                throw catalogue
                        .ofResponse(problem.get("status").asInt(), JSON.writeValueAsBytes(problem))
                        .toException();
            }
            Map<String, String> headers = new HashMap<>();
            message.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            return new Reply<>(
                    message.get("status").asInt(), Headers.of(headers), Payload.of(message.get("output")), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
