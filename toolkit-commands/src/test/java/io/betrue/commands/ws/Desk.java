package io.betrue.commands.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Principal;
import io.betrue.commands.Push;
import io.betrue.commands.Reply;
import io.betrue.errors.FieldError;
import io.betrue.errors.StandardError;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A server with commands that a test can steer. */
final class Desk implements AutoCloseable {
    private static final CommandType<JsonNode, JsonNode> ECHO =
            CommandType.of("desk/echo", JsonNode.class, JsonNode.class).open();
    private static final CommandType<Nothing, Name> WHO = CommandType.of("desk/who", Nothing.class, Name.class);
    private static final CommandType<Nothing, JsonNode> SEEN =
            CommandType.of("desk/seen", Nothing.class, JsonNode.class).open();
    private static final CommandType<Name, Name> WAIT =
            CommandType.of("desk/wait", Name.class, Name.class).open().timeout(Duration.ofMinutes(1));
    private static final CommandType<Count, Name> LARGE =
            CommandType.of("desk/large", Count.class, Name.class).open();
    private static final CommandType<Count, Count> FLOOD =
            CommandType.of("desk/flood", Count.class, Count.class).open().timeout(Duration.ofMinutes(1));
    private static final CommandType<Nothing, Name> MADE =
            CommandType.of("desk/made", Nothing.class, Name.class).open();
    private static final CommandType<Nothing, Nothing> BROKEN =
            CommandType.of("desk/broken", Nothing.class, Nothing.class).open();
    private static final CommandType<Nothing, Nothing> HIDDEN =
            CommandType.of("desk/hidden", Nothing.class, Nothing.class).open().internal();
    private static final CommandType<Nothing, Nothing> DOWNLOAD =
            CommandType.of("desk/download", Nothing.class, Nothing.class).open().givingContent();

    record Name(String name) {}

    record Count(int number) {}

    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    final ConcurrentHashMap<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final AtomicBoolean downloaded = new AtomicBoolean();
    final Commands commands;
    final WebSocketCommands sockets;
    private final Javalin app;

    Desk(Consumer<WebSocketCommandsConfig> config, Consumer<JavalinConfig> server) {
        tokens.add("anna");
        commands = Commands.of(c -> c.intercept(Authentication.bearer(
                        token -> tokens.contains(token) ? Optional.of(Principal.of(token)) : Optional.empty()))
                .handle(ECHO, (context, input) -> input)
                .handle(
                        WHO,
                        (context, input) -> new Name(
                                context.principal().id() + " by " + context.transport() + " " + context.isExternal()))
                .handle(
                        SEEN,
                        (context, input) ->
                                new ObjectMapper().valueToTree(context.headers().toMap()))
                .handle(WAIT, this::await)
                .handle(LARGE, (context, input) -> new Name("x".repeat(input.number())))
                .handle(FLOOD, this::flood)
                .answer(
                        MADE,
                        (context, input) -> Reply.of(new Name("it")).status(201).header("location", "/it"))
                .handle(BROKEN, (context, input) -> {
                    throw new IllegalStateException("secret");
                })
                .handle(HIDDEN, (context, input) -> input)
                .answer(DOWNLOAD, (context, input) -> {
                    downloaded.set(true);
                    return Reply.of(input).content(Content.of("x".getBytes(StandardCharsets.UTF_8)));
                })
                .stopTimeout(Duration.ofMillis(100)));
        sockets = new WebSocketCommands(commands, config);
        app = Javalin.create(c -> {
                    c.startup.showJavalinBanner = false;
                    server.accept(c);
                    c.registerPlugin(sockets);
                })
                .start(0);
    }

    int port() {
        return app.port();
    }

    CountDownLatch gate(String name) {
        return gates.computeIfAbsent(name, any -> new CountDownLatch(1));
    }

    private Name await(CommandContext context, Name input) throws InterruptedException {
        if (input.name().isEmpty()) {
            throw StandardError.VALIDATION_FAILED
                    .problem()
                    .error(FieldError.body("/name", "INVALID"))
                    .toException();
        }
        CountDownLatch gate = gate(input.name());
        context.onCancel(() -> {
            cancelled.add(input.name());
            gate.countDown();
        });
        begun.add(input.name());
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw StandardError.CONFLICT.problem().toException();
        }
        return input;
    }

    /** Sends events of 16 KiB until they are not taken any more. */
    private Count flood(CommandContext context, Count input) {
        String text = "x".repeat(16 << 10);
        Push push = Push.event("flood", Payload.of(JsonNodeFactory.instance.textNode(text)), commands.mapper());
        int taken = 0;
        while (taken < input.number() && context.connection().orElseThrow().send(push)) {
            taken++;
        }
        begun.add("flooded with " + (taken < input.number() ? "fewer" : "all"));
        return new Count(taken);
    }

    String begun() throws InterruptedException {
        return begun.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    String cancelled() throws InterruptedException {
        return cancelled.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** {@return whether as many are connected, soon} */
    boolean soonHas(int connections) throws InterruptedException {
        long end = System.nanoTime() + Peer.PATIENCE.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (sockets.connections() != connections && System.nanoTime() < end) {
            never.await(5, TimeUnit.MILLISECONDS);
        }
        return sockets.connections() == connections;
    }

    void stop() {
        app.stop();
    }

    @Override
    public void close() {
        gates.values().forEach(CountDownLatch::countDown);
        app.stop();
        commands.close();
    }
}
