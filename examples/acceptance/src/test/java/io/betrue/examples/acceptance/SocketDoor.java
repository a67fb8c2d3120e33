package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One WebSocket, on which callers change. Calls come one after the other, so that it is never silent for long. */
final class SocketDoor implements Door, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final URI address;
    private final Streams streams;
    private @Nullable WebSocket open;
    private @Nullable String caller;
    private long sentAt = System.nanoTime();
    private long number;

    SocketDoor(String url) {
        this.address = URI.create(url.replaceFirst("http", "ws") + "/ws");
        this.streams = new Streams(url);
    }

    @Override
    public Streams streams() {
        return streams;
    }

    /** Opened by the first call: until then nobody would answer the server's pings. */
    private WebSocket socket() {
        WebSocket known = open;
        if (known == null) {
            known = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .buildAsync(address, this)
                    .join();
            open = known;
        }
        return known;
    }

    @Override
    public Answer call(String command, JsonNode input, @Nullable String token, Map<String, String> headers)
            throws Exception {
        if (!Objects.equals(token, caller)) {
            send(JSON.createObjectNode().put("auth", token));
            caller = token;
        }
        ObjectNode call = JSON.createObjectNode().put("id", ++number).put("call", command);
        call.set("input", input);
        call.put("timeout", PATIENCE.toMillis());
        if (!headers.isEmpty()) {
            call.set("headers", JSON.valueToTree(headers));
        }
        send(call);
        JsonNode answer = next();
        while (answer.path("id").asLong() != number) { // an event, or the first message
            answer = next();
        }
        JsonNode problem = answer.get("problem");
        return problem == null
                ? new Answer(answer.get("status").asInt(), answer.get("output"))
                : new Answer(problem.get("status").asInt(), problem);
    }

    /** Not faster than a connection may, which is 50 messages a second in the long run. */
    private void send(ObjectNode message) {
        long next = sentAt + BETWEEN_NANOS;
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        sentAt = System.nanoTime();
        socket().sendText(message.toString(), true).join();
    }

    private JsonNode next() throws Exception {
        String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the server says nothing");
        }
        return JSON.readTree(message);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        return WebSocket.Listener.super.onText(from, data, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        messages.add("{\"closed\": " + status + "}");
        return WebSocket.Listener.super.onClose(from, status, reason);
    }

    @Override
    public void close() {
        WebSocket known = open;
        if (known != null) {
            known.abort();
        }
    }
}
