package io.betrue.browsertests;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Connection;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Principal;
import io.betrue.commands.Push;
import io.betrue.commands.ws.WebSocketCommands;
import io.betrue.errors.StandardError;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose commands a page calls, and that a test can restart at the same address. */
final class CommandDesk implements AutoCloseable {
    private static final CommandType<Text, Text> ECHO =
            CommandType.of("desk/echo", Text.class, Text.class).open();
    private static final CommandType<Text, Text> WAIT =
            CommandType.of("desk/wait", Text.class, Text.class).open().timeout(Duration.ofMinutes(1));
    private static final CommandType<Nothing, Text> WHO = CommandType.of("desk/who", Nothing.class, Text.class);
    private static final CommandType<Text, Nothing> TELL =
            CommandType.of("desk/tell", Text.class, Nothing.class).open();

    private static final String PAGE = """
            <!doctype html>
            <link rel="icon" href="data:,">
            <script type="module">
                import { connect, CommandError } from '/ws/client.js';
                window.connect = connect;
                window.CommandError = CommandError;
                document.body.textContent = 'ready';
            </script>
            <body>loading</body>
            """;

    record Text(String text) {}

    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> callers = new LinkedBlockingQueue<>();
    final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final AtomicInteger silentConnections = new AtomicInteger();
    private Commands commands;
    private Javalin app;

    CommandDesk() {
        start(0);
    }

    private void start(int port) {
        commands = Commands.of(c -> c.intercept(Authentication.bearer(
                        token -> tokens.contains(token) ? Optional.of(Principal.of(token)) : Optional.empty()))
                .handle(ECHO, (context, input) -> input)
                .handle(WAIT, this::await)
                .handle(WHO, (context, input) -> new Text(context.principal().id()))
                .handle(TELL, (context, input) -> {
                    Push push = Push.event("told", Payload.of(input), commands.mapper());
                    context.connection().orElseThrow().send(push);
                    return Nothing.NOTHING;
                })
                .stopTimeout(Duration.ofMillis(100)));
        app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(new WebSocketCommands(
                            commands, ws -> ws.stop(Duration.ofMillis(300), Duration.ofSeconds(20))));
                    config.routes.get("/", ctx -> ctx.html(PAGE));
                    config.routes.ws(
                            "/silent",
                            ws -> ws.onConnect(ctx -> {
                                silentConnections.incrementAndGet();
                                ctx.send("{\"hello\":{\"protocol\":1,\"maxMessage\":65536,\"maxCalls\":64,"
                                        + "\"heartbeat\":100,\"patience\":100}}");
                            }));
                })
                .start("127.0.0.1", port);
    }

    private Text await(CommandContext context, Text input) throws InterruptedException {
        CountDownLatch gate = gate(input.text());
        context.onCancel(() -> cancelled.add(input.text()));
        context.connection().ifPresent(callers::add);
        begun.add(input.text());
        if (!gate.await(20, TimeUnit.SECONDS)) {
            throw StandardError.CONFLICT.problem().toException();
        }
        return input;
    }

    CountDownLatch gate(String name) {
        return gates.computeIfAbsent(name, any -> new CountDownLatch(1));
    }

    int port() {
        return app.port();
    }

    void restart() {
        int port = app.port();
        stop();
        start(port);
    }

    private void stop() {
        app.stop();
        commands.close();
    }

    /** Closes the connection over which the next call to wait came. */
    void dropCaller() throws InterruptedException {
        Connection caller = callers.poll(20, TimeUnit.SECONDS);
        if (caller == null) {
            throw new AssertionError("nobody called");
        }
        caller.close(StandardError.UNAVAILABLE.problem().build());
    }

    @Override
    public void close() {
        gates.values().forEach(CountDownLatch::countDown);
        stop();
    }
}
