package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Measured;
import io.betrue.commands.Telemetry;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.http.HttpTarget;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsServer;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.testsupport.TestNats;
import io.javalin.Javalin;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One call from a browser is one trace: through the gateway and over NATS to a service, from there to a second service, and down to what that asks its database. */
class OneTraceIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String BROWSER = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + '-' + BROWSER + "-01";

    record Order(int cents) {}

    record Balance(int cents) {}

    private static final CommandType<Order, Balance> BUY =
            CommandType.of("shop/buy", Order.class, Balance.class).open();
    private static final CommandType<Order, Balance> PAY =
            CommandType.of("ledger/pay", Order.class, Balance.class).open();

    private final List<AutoCloseable> open = new ArrayList<>();
    private Javalin gateway;

    @BeforeEach
    void start() throws Exception {
        OpenTelemetry telemetry = TELEMETRY.getOpenTelemetry();
        String prefix = NATS.namespace();
        serve(
                prefix,
                commands(c -> c.handle(PAY, (context, order) -> {
                    Span sql = telemetry
                            .getTracer("sql")
                            .spanBuilder("UPDATE account")
                            .startSpan();
                    sql.end();
                    return new Balance(-order.cents());
                })));
        NatsClient ledger = client(prefix);
        serve(
                prefix,
                commands(c -> c.forward("ledger/*", ledger).handle(BUY, (context, order) -> context.call(PAY, order))));
        NatsClient shop = client(prefix);
        Commands ways = commands(c -> c.forward("shop/*", shop));
        gateway = Javalin.create(config -> {
                    config.registerPlugin(new ErrorsPlugin(errors -> {}));
                    config.registerPlugin(new HttpCommands(ways));
                    config.registerPlugin(
                            new WebSocketCommands(ways, ws -> ws.stop(Duration.ZERO, Duration.ofSeconds(1))));
                })
                .start("127.0.0.1", 0);
        open.add(gateway::stop);
    }

    private Commands commands(Consumer<CommandsConfig> config) {
        Commands commands = Commands.of(c -> {
            c.intercept(Telemetry.with(TELEMETRY.getOpenTelemetry()));
            config.accept(c);
        });
        open.add(commands);
        return commands;
    }

    private void serve(String prefix, Commands commands) throws Exception {
        NatsServer server = NatsCommands.serve(commands, connection(), c -> c.prefix(prefix));
        open.add(server);
    }

    private NatsClient client(String prefix) throws Exception {
        NatsClient client = NatsCommands.client(
                connection(),
                c -> c.prefix(prefix).telemetry(TELEMETRY.getOpenTelemetry()).silenceLimit(Duration.ofSeconds(10)));
        open.add(client);
        return client;
    }

    private Connection connection() throws Exception {
        Connection connection = Nats.connect(NatsCommands.options(NATS.url()).build());
        open.add(connection);
        return connection;
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void fromAWebSocketToTheDatabase() throws Exception {
        try (Peer browser = Peer.connect(gateway.port())) {
            browser.send(
                    "{'id':1,'call':'shop/buy','headers':{'traceparent':'" + TRACEPARENT + "'},'input':{'cents':5}}");
            JsonNode answer = browser.answered(1).get(20, TimeUnit.SECONDS);
            assertThat(answer.path("output").path("cents").asInt())
                    .as(answer::toString)
                    .isEqualTo(-5);
        }
        assertOneTrace();
        assertThat(Measured.of(TELEMETRY, "rpc.client.call.duration", "shop/buy", "nats"))
                .isPositive();
        assertThat(Measured.of(TELEMETRY, "rpc.client.call.duration", "ledger/pay", "nats"))
                .isPositive();
    }

    @Test
    void fromHttpToTheDatabase() {
        try (HttpTarget target = HttpTarget.of(URI.create("http://127.0.0.1:" + gateway.port() + "/api"))) {
            Balance balance = CommandClient.of(target)
                    .timeout(Duration.ofSeconds(20))
                    .header("traceparent", TRACEPARENT)
                    .call(BUY, new Order(5));
            assertThat(balance).isEqualTo(new Balance(-5));
        }
        assertOneTrace();
    }

    private static void assertOneTrace() {
        List<String> hops = List.of(
                "SERVER shop/buy", // the gateway
                "CLIENT shop/buy",
                "SERVER shop/buy", // the shop
                "INTERNAL ledger/pay", // the shop's own call, which it forwards
                "CLIENT ledger/pay",
                "SERVER ledger/pay",
                "INTERNAL UPDATE account");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> seen = chain();
        while (!seen.equals(hops) && System.nanoTime() < end) { // a span ends after its reply has gone
            Thread.onSpinWait();
            seen = chain();
        }
        assertThat(seen).isEqualTo(hops);
        assertThat(TELEMETRY.getSpans()).allMatch(span -> span.getTraceId().equals(TRACE));
    }

    /** {@return the spans from the browser's own down, each the parent of the next} */
    private static List<String> chain() {
        Map<String, SpanData> children = TELEMETRY.getSpans().stream()
                .collect(Collectors.toMap(SpanData::getParentSpanId, Function.identity(), (one, two) -> one));
        List<String> chain = new ArrayList<>();
        SpanData next = children.get(BROWSER);
        while (next != null) {
            chain.add(next.getKind() + " " + next.getName());
            next = children.get(next.getSpanId());
        }
        return chain;
    }
}
