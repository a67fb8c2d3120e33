package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what comes over a WebSocket. */
final class Inbox implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        return WebSocket.Listener.super.onText(socket, data, last);
    }

    JsonNode next() throws Exception {
        String message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return JSON.readTree(message);
    }

    /** {@return the next of a kind; others are passed over} */
    JsonNode next(Predicate<JsonNode> kind) throws Exception {
        JsonNode message = next();
        while (!kind.test(message)) {
            message = next();
        }
        return message;
    }
}
