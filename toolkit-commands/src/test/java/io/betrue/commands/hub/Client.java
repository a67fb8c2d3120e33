package io.betrue.commands.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Connection;
import io.betrue.commands.Headers;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Push;
import io.betrue.errors.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A client that a test reads by hand; it is connected to one node. */
public final class Client implements Connection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 20;

    private final String id = UUID.randomUUID().toString();
    private final String user;
    private final Commands commands;
    private final Cancellation end = new Cancellation();
    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private volatile @Nullable Problem closedFor;
    private volatile int room = Integer.MAX_VALUE;

    public Client(String user, Commands commands) {
        this.user = user;
        this.commands = commands;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String peer() {
        return "127.0.0.1";
    }

    /** It reads no more than so many messages. */
    public Client readsOnly(int messages) {
        room = messages;
        return this;
    }

    @Override
    public boolean send(Push push) {
        if (end.isCancelled() || frames.size() >= room) {
            end();
            return false;
        }
        try {
            frames.add(JSON.readTree(push.json()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public void close(Problem why) {
        closedFor = why;
        end();
    }

    public @Nullable Problem closedFor() {
        return closedFor;
    }

    /** The network is gone. */
    public void end() {
        end.cancel();
    }

    @Override
    public Cancellation.Registration onClose(Runnable listener) {
        return end.onCancel(listener);
    }

    /** Calls a command as the transport would. */
    public <I, O> O call(CommandType<I, O> type, I input) {
        Call call = Call.to(type.address())
                .input(Payload.ofJson(JSON.valueToTree(input).toString().getBytes(StandardCharsets.UTF_8)))
                .headers(user.isEmpty() ? Headers.NONE : Headers.of(Map.of("authorization", "Bearer " + user)))
                .external(true)
                .by("websocket", peer())
                .connection(this)
                .build();
        try {
            return commands.send(call).toCompletableFuture().join().result().as(type.output(), commands.mapper());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public Client connect() {
        call(HubCommands.CONNECT, Nothing.NOTHING);
        return this;
    }

    /** Enters a room; {@code joined} is taken off the frames. */
    public Joined join(String name, @Nullable Position since) {
        Joined reply = call(HubCommands.JOIN, new HubCommands.Join(name, since));
        await(frame -> frame.has("joined"));
        return reply;
    }

    public Joined join(String name) {
        return join(name, null);
    }

    /** {@return the next frame} */
    public JsonNode next() {
        return await(frame -> true);
    }

    /** {@return the next frame that fits; others are lost} */
    public JsonNode await(Predicate<JsonNode> wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            while (true) {
                JsonNode frame = frames.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError("no such frame came within " + SECONDS + " s");
                }
                if (wanted.test(frame)) {
                    return frame;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** {@return the data of the next events, which must be events} */
    public List<String> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> next().path("data").asText())
                .toList();
    }

    /** {@return what is there already} */
    public List<JsonNode> rest() {
        return List.copyOf(frames);
    }

    public static Position position(JsonNode frame) {
        return new Position(frame.path("offset").asLong(), frame.path("epoch").asText());
    }
}
