package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.betrue.commands.CommandType;
import io.betrue.commands.Interceptor;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Telemetry;
import io.betrue.schema.SchemaPlugin;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over HTTP, with the plugin for failures and without it. */
@SuppressWarnings("try") // the scope is ended, not used
class HttpCommandsHttpTest {
    private static final String FIVE = "{\"currency\": \"EUR\", \"amount\": 5}";

    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    private static Consumer<JavalinConfig> plugins(boolean errors) {
        return errors ? Served.WITH_ERRORS : Served.PLAIN;
    }

    private static Served served(boolean errors) {
        return new Served(plugins(errors), c -> c.largestInput(2_000), h -> h.schemas(Till.schemas()));
    }

    private static void refused(int status, String code, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(Served.tree(response).path("code").asText()).isEqualTo(code);
        assertThat(Served.tree(response).path("traceId").asText())
                .as(response.body())
                .hasSize(32);
    }

    private static void refusedHere(int status, String code, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(Served.tree(response).path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAHandler(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            HttpResponse<String> reply = Served.send(served.json("/api/till/deposit", FIVE));
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"amount\":5}");
            assertThat(reply.headers().firstValue("content-type")).contains("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersFailuresOfTheChain(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            refused(400, "MALFORMED_JSON", Served.send(served.json("/api/till/deposit", "{\"currency\"")));
            refused(
                    422,
                    "VALIDATION_FAILED",
                    Served.send(served.json("/api/till/deposit", "{\"currency\": \"EUR\", \"amount\": 0}")));
            HttpResponse<String> other =
                    Served.send(served.json("/api/till/deposit", "{\"currency\": \"XXY\", \"amount\": 1}"));
            refused(422, "UNKNOWN_CURRENCY", other);
            HttpResponse<String> stranger =
                    Served.send(served.to("/api/till/audit").POST(BodyPublishers.noBody()));
            refused(401, "UNAUTHENTICATED", stranger);
            assertThat(stranger.headers().firstValue("www-authenticate")).contains("Bearer");
            refused(403, "FORBIDDEN", Served.send(served.json("/api/till/audit", "")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/till/close", "{}")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/till/steal", "{}")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/no.such..thing/%20", "{}")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesBodiesThatAreNoInput(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            HttpRequest.Builder text = served.to("/api/till/deposit").header("Content-Type", "text/plain");
            refusedHere(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(text.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder nothing = served.to("/api/till/deposit");
            refusedHere(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(nothing.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder latin =
                    served.to("/api/till/deposit").header("Content-Type", "application/json; charset=iso-8859-1");
            refusedHere(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(latin.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder packed = served.json("/api/till/deposit", FIVE).header("Content-Encoding", "gzip");
            refusedHere(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(packed));
            String large = "{\"currency\": \"" + "E".repeat(2_000) + "\", \"amount\": 1}";
            refusedHere(413, "PAYLOAD_TOO_LARGE", Served.send(served.json("/api/till/deposit", large)));
            HttpRequest.Builder chunked = served.json("/api/till/deposit", "")
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)));
            refusedHere(413, "PAYLOAD_TOO_LARGE", Served.send(chunked));
        }
    }

    @Test
    void takesAnEmptyBodyForAnObjectWithoutMembers() throws Exception {
        try (Served served = served(true)) {
            HttpRequest.Builder otto = served.to("/api/till/audit").header("Authorization", "Bearer otto");
            assertThat(Served.send(otto.POST(BodyPublishers.noBody())).body()).isEqualTo("{\"amount\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesOtherMethods(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
                HttpResponse<String> refused =
                        Served.send(served.to("/api/till/deposit").method(method, BodyPublishers.noBody()));
                refusedHere(405, "METHOD_NOT_ALLOWED", refused);
                assertThat(refused.headers().firstValue("allow")).contains("POST");
            }
            HttpResponse<String> head =
                    Served.send(served.to("/api/till/deposit").method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(405);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void leavesCorsToItsPlugin() throws Exception {
        Consumer<JavalinConfig> cors = config -> {
            Served.WITH_ERRORS.accept(config);
            config.bundledPlugins.enableCors(all -> all.addRule(rule -> rule.allowHost("https://shop.example")));
        };
        try (Served served = new Served(cors, c -> {}, h -> {})) {
            HttpResponse<String> preflight = Served.send(served.to("/api/till/deposit")
                    .header("Origin", "https://shop.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(preflight.statusCode()).isEqualTo(200);
            assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                    .contains("https://shop.example");
            HttpResponse<String> reply =
                    Served.send(served.json("/api/till/deposit", FIVE).header("Origin", "https://shop.example"));
            assertThat(reply.headers().firstValue("access-control-allow-origin"))
                    .contains("https://shop.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "3600001", "soon", "99999999999999"})
    void refusesTimeoutsThatAreNone(String timeout) throws Exception {
        try (Served served = served(true)) {
            HttpResponse<String> refused =
                    Served.send(served.json("/api/till/deposit", FIVE).header("Timeout-Ms", timeout));
            refused(400, "BAD_REQUEST", refused);
            assertThat(refused.body()).contains("Timeout-Ms");
        }
        assertThat(timeout).isNotEmpty();
    }

    @Test
    void answersAtTheDeadlineOfTheCaller() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch told = new CountDownLatch(1);
        try (Served served = Served.plain(c -> c.handle(slow, (context, nothing) -> {
            context.onCancel(told::countDown);
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            return nothing;
        }))) {
            refused(
                    504,
                    "DEADLINE_EXCEEDED",
                    Served.send(served.json("/api/slow", "").header("Timeout-Ms", "50")));
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void slowHandlersDoNotHoldTheServersThreads() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch go = new CountDownLatch(1);
        Consumer<JavalinConfig> few = config -> {
            Served.WITH_ERRORS.accept(config);
            config.jetty.threadPool = new org.eclipse.jetty.util.thread.QueuedThreadPool(8, 8);
        };
        try (Served served = new Served(
                few,
                c -> c.handle(slow, (context, nothing) -> {
                    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                    return nothing;
                }),
                h -> {})) {
            List<CompletableFuture<Integer>> waiting = java.util.stream.IntStream.range(0, 32)
                    .mapToObj(i -> java.net.http.HttpClient.newHttpClient()
                            .sendAsync(
                                    served.json("/api/slow", "{}")
                                            .header("Timeout-Ms", "20000")
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode))
                    .toList();
            assertThat(Served.send(served.json("/api/till/deposit", FIVE)).statusCode())
                    .isEqualTo(200);
            go.countDown();
            for (CompletableFuture<Integer> one : waiting) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void sendsStatusAndHeadersButForFraming() throws Exception {
        try (Served served = served(true)) {
            HttpResponse<String> reply = Served.send(served.json("/api/till/ticket", ""));
            assertThat(reply.statusCode()).isEqualTo(202);
            assertThat(reply.headers().firstValue("location")).contains("/tickets/7");
            assertThat(reply.body()).isEqualTo("{\"amount\":7}");
        }
    }

    @Test
    void answersAnIdempotencyKeyAgain() throws Exception {
        try (Served served = served(true)) {
            HttpRequest.Builder keyed = served.json("/api/till/deposit", FIVE).header("Idempotency-Key", "k1");
            Served.send(keyed);
            HttpResponse<String> again = Served.send(keyed);
            assertThat(again.body()).isEqualTo("{\"amount\":5}");
            assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
        }
    }

    @Test
    void hidesOutputsThatDoNotFit() throws Exception {
        Interceptor changer = call -> call.proceed()
                .thenApply(reply -> reply.map(
                        payload -> Payload.ofJson("{\"amount\": \"secret\"}".getBytes(StandardCharsets.UTF_8))));
        try (Served served =
                Served.plain(c -> c.intercept(changer).handle(Till.LIE, (context, nothing) -> new Till.Balance(1)))) {
            HttpResponse<String> refused = Served.send(served.json("/api/till/lie", ""));
            refused(500, "INTERNAL", refused);
            assertThat(refused.body()).doesNotContain("secret");
        }
    }

    @Test
    void takesOnlyKnownHeadersAlong() throws Exception {
        CommandType<Nothing, Nothing> look =
                CommandType.of("look", Nothing.class, Nothing.class).open();
        CompletableFuture<io.betrue.commands.CommandContext> seen = new CompletableFuture<>();
        try (Served served = new Served(
                Served.WITH_ERRORS,
                c -> c.travelling("x-tenant").handle(look, (context, nothing) -> {
                    seen.complete(context);
                    return nothing;
                }),
                h -> h.headers("X-Device"))) {
            Served.send(served.json("/api/look", "")
                    .header("X-Tenant", "blue")
                    .header("X-Device", "phone")
                    .header("Cookie", "session=1")
                    .header("X-Other", "1"));
            assertThat(seen.join().header("x-tenant")).isEqualTo("blue");
            assertThat(seen.join().header("x-device")).isEqualTo("phone");
            assertThat(seen.join().header("cookie")).isNull();
            assertThat(seen.join().header("x-other")).isNull();
            assertThat(seen.join().isExternal()).isTrue();
            assertThat(seen.join().transport()).isEqualTo("http");
        }
    }

    @Test
    void readsWhatTheApplicationHasReadBefore() throws Exception {
        Consumer<JavalinConfig> reader = config -> {
            Served.WITH_ERRORS.accept(config);
            config.routes.before(ctx -> assertThat(ctx.body()).isEqualTo(FIVE));
        };
        try (Served served = new Served(reader, c -> {}, h -> {})) {
            assertThat(Served.send(served.json("/api/till/deposit", FIVE)).body())
                    .isEqualTo("{\"amount\":5}");
        }
    }

    @Test
    void checksNothingBeforeTheChainWhereSchemaPluginIs() throws Exception {
        Consumer<JavalinConfig> both = config -> {
            Served.WITH_ERRORS.accept(config);
            config.registerPlugin(new SchemaPlugin(Schemas.load(s -> {})));
        };
        try (Served served = new Served(both, c -> {}, h -> h.schemas(Till.schemas()))) {
            HttpRequest.Builder bad = served.json("/api/till/deposit", "{\"amount\": 0}");
            refused(422, "VALIDATION_FAILED", Served.send(bad));
            HttpRequest.Builder stranger = served.to("/api/till/deposit")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"amount\": 0}"));
            refused(401, "UNAUTHENTICATED", Served.send(stranger));
        }
    }

    @Test
    void otherWaysInMakeParametersMembers() throws Exception {
        try (Served served = new Served(
                Served.WITH_ERRORS,
                c -> {},
                h -> h.schemas(Till.schemas())
                        .rest("GET", "/tills/{currency}/balance", Till.BALANCE)
                        .rest("POST", "/tills/{currency}", Till.DEPOSIT))) {
            HttpResponse<String> in = Served.send(served.json("/tills/EUR", "{\"amount\": 4}"));
            assertThat(in.body()).isEqualTo("{\"amount\":4}");
            HttpRequest.Builder get =
                    served.to("/tills/EUR/balance?open=true&tills=1&tills=2").header("Authorization", "Bearer anna");
            assertThat(Served.send(get.GET()).body()).isEqualTo("{\"amount\":6}");
            HttpRequest.Builder wrong =
                    served.to("/tills/EUR/balance?tills=one").header("Authorization", "Bearer anna");
            refused(422, "VALIDATION_FAILED", Served.send(wrong.GET()));
            HttpRequest.Builder twice =
                    served.to("/tills/EUR/balance?currency=USD").header("Authorization", "Bearer anna");
            refused(400, "BAD_REQUEST", Served.send(twice.GET()));
            refused(
                    401,
                    "UNAUTHENTICATED",
                    Served.send(served.to("/tills/EUR/balance").GET()));
        }
    }

    @Test
    void refusesWaysInThatWouldDoHarm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpCommandsConfig().rest("GET", "/tills", Till.DEPOSIT))
                .withMessageContaining("not idempotent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpCommandsConfig().rest("POST", "/tills", Till.CLOSE))
                .withMessageContaining("internal");
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpCommandsConfig().prefix("api/"));
    }

    @Test
    void callsAgainOverTheSameConnectionAlsoIfItSentTheNextRequestEarly() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Served served = Served.plain(c -> c.handle(slow, (context, nothing) -> {
                    running.countDown();
                    assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
                    context.throwIfCancelled();
                    return nothing;
                }));
                Socket socket = served.socket()) {
            String pad = "x".repeat(3_000); // more than is looked at
            String request = "POST /api/slow HTTP/1.1\r\nHost: a\r\nX-Pad: " + pad + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(request.replace("Host: a", "Host: a\r\nConnection: close")
                            .getBytes(StandardCharsets.US_ASCII));
            go.countDown();
            InputStream answers = socket.getInputStream();
            socket.setSoTimeout(10_000);
            String all = new String(answers.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all.split("HTTP/1.1 200", -1)).as(all).hasSize(4);
        }
    }

    @Test
    void goesOnWithTheSpanOfTheServer() throws Exception {
        Span server = OTEL.getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("POST")
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        Consumer<JavalinConfig> instrumented = config -> config.router.handlerWrapper(endpoint -> ctx -> {
            try (Scope unused = server.makeCurrent()) {
                endpoint.handler.handle(ctx);
            }
        });
        try (Served served =
                new Served(instrumented, c -> c.intercept(Telemetry.with(OTEL.getOpenTelemetry())), h -> {})) {
            Served.send(served.json("/api/till/deposit", FIVE)
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        }
        server.end();
        SpanData call = OTEL.getSpans().stream()
                .filter(span -> span.getName().equals("till/deposit"))
                .findFirst()
                .orElseThrow();
        assertThat(call.getParentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
        assertThat(call.getTraceId()).isEqualTo(server.getSpanContext().getTraceId());
    }

    @Test
    void refusesTwoHandlersOfOneRoute() {
        try (var commands = new Till().commands(c -> {})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Javalin.create(config -> {
                        config.routes.post("/api/till/deposit", ctx -> {});
                        config.registerPlugin(new HttpCommands(commands));
                    }));
        }
    }
}
