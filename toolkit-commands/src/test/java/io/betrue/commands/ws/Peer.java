package io.betrue.commands.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client that is not ours: the one of the JDK. */
final class Peer implements WebSocket.Listener, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> skipped = new ArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();
    private final boolean answersPings;
    private final boolean reads;
    private @Nullable WebSocket socket;

    private Peer(boolean answersPings, boolean reads) {
        this.answersPings = answersPings;
        this.reads = reads;
    }

    static Peer connect(int port) {
        return new Peer(true, true).open(port, builder -> {});
    }

    static Peer connect(int port, Consumer<WebSocket.Builder> more) {
        return new Peer(true, true).open(port, more);
    }

    /** A client that is there but answers no ping. */
    static Peer mute(int port) {
        return new Peer(false, true).open(port, builder -> {});
    }

    /** A client that reads nothing until it is told to. */
    static Peer unreading(int port) {
        return new Peer(true, false).open(port, builder -> {});
    }

    static Peer connectTo(int port, String path) {
        return new Peer(true, true).open(port, path, builder -> {});
    }

    private Peer open(int port, Consumer<WebSocket.Builder> more) {
        return open(port, "/ws", more);
    }

    private Peer open(int port, String path, Consumer<WebSocket.Builder> more) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        more.accept(builder);
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                .join();
        return this;
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode message = parsed(part.toString());
            part.setLength(0);
            if (message.has("ping") && answersPings) {
                Object unused = from.sendText("{\"pong\":" + message.get("ping") + "}", true);
            }
            CompletableFuture<JsonNode> waiting =
                    answers.remove(message.path("id").asLong(-1));
            if (waiting == null) {
                messages.add(message);
            } else {
                waiting.complete(message);
            }
        }
        return null;
    }

    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the server sent no JSON: " + text, e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end.complete("cut: " + error);
    }

    void read() {
        socket().request(Long.MAX_VALUE);
    }

    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    Peer send(String text) {
        socket().sendText(text.replace('\'', '"'), true).join();
        return this;
    }

    /** Sends from any thread, one message after the other. */
    synchronized void sendAsIs(String text) {
        socket().sendText(text, true).join();
    }

    /** {@return what will be the answer to a call} */
    CompletableFuture<JsonNode> answered(long id) {
        return answers.computeIfAbsent(id, any -> new CompletableFuture<>());
    }

    /** {@return the next message that is like that; those before it are kept} */
    JsonNode await(Predicate<JsonNode> wanted) {
        for (JsonNode message : skipped) {
            if (wanted.test(message)) {
                skipped.remove(message);
                return message;
            }
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                JsonNode message = messages.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw new AssertionError("nothing like that came, but " + skipped + "; " + this.end);
                }
                if (wanted.test(message)) {
                    return message;
                }
                skipped.add(message);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode awaitMember(String name) {
        return await(message -> message.has(name));
    }

    /** {@return the answer to a call} */
    JsonNode answer(long id) {
        return await(message -> message.path("id").asLong(-1) == id);
    }

    /** {@return the code of the problem that a call got} */
    String refusal(long id) {
        return answer(id).at("/problem/code").asText();
    }

    JsonNode call(long id, String address, String input) {
        return send("{'id':" + id + ",'call':'" + address + "','input':" + input + "}")
                .answer(id);
    }

    /** {@return how the server closed: its code and reason} */
    String closed() {
        return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return end.isDone();
    }

    @Override
    public void close() {
        socket().abort();
    }
}
