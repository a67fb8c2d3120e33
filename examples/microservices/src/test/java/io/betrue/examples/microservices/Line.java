package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket of somebody who is signed in. */
final class Line implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Line(User user, int gateway) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(user.wallet().gateway(gateway).replace("http:", "ws:") + "/ws"), this)
                .join();
        send("{\"auth\": \"" + user.token() + "\"}");
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    JsonNode next(Predicate<JsonNode> kind) throws Exception {
        JsonNode message;
        do {
            String line = messages.poll(60, TimeUnit.SECONDS);
            assertThat(line).isNotNull();
            message = JSON.readTree(line);
        } while (!kind.test(message));
        return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
