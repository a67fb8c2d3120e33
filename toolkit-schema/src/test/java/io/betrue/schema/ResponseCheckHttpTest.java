package io.betrue.schema;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseCheckHttpTest {
    private static final Map<String, Object> GOOD = Map.of("sku", "abc", "amount", 2);
    private static final Map<String, Object> BAD = Map.of("sku", "abc", "amount", "secret value");
    private static final String ORDER = "order/create";

    private final AtomicReference<Javalin> app = new AtomicReference<>();

    enum ShopError implements ErrorCode {
        SOLD_OUT,
        LOCKED_OUT;

        @Override
        public ErrorDefinition definition() {
            return ErrorDefinition.of(409, "Sold out");
        }
    }

    private Javalin start(ResponseCheck check, boolean errorsPlugin, Endpoint... endpoints) {
        Javalin started = Javalin.create(config -> configure(config, check, errorsPlugin, endpoints))
                .start("127.0.0.1", 0);
        app.set(started);
        return started;
    }

    private static void configure(
            JavalinConfig config, ResponseCheck check, boolean errorsPlugin, Endpoint... endpoints) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        if (errorsPlugin) {
            config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(ShopError.values())));
        }
        config.registerPlugin(new SchemaPlugin(OrdersApp.schemas(), s -> s.responses(check)));
        for (Endpoint endpoint : endpoints) {
            config.routes.addEndpoint(endpoint);
        }
    }

    @AfterEach
    void stop() {
        if (app.get() != null) {
            app.get().stop();
        }
    }

    private static Endpoint get(RoutePart says, Handler handler) {
        return SchemaRoutes.get("/x", says, handler);
    }

    @Test
    void letsThroughWhatFits() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(out(201, ORDER), ctx -> ctx.status(201).json(GOOD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("\"sku\":\"abc\"");
    }

    @Test
    void failsWithoutTellingTheValue() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(out(200, ORDER), ctx -> ctx.header("ETag", "\"1\"").json(BAD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("\"code\":\"INTERNAL\"")
                .contains(
                        "\"detail\":\"The response to GET /x is not what the route says: the body of 200 does not fit its"
                                + " schema order/create.\"")
                .contains(
                        "\"responseErrors\":[{\"at\":\"/amount\",\"code\":\"type\",\"detail\":\"must be a whole number\"}]")
                .doesNotContain("secret value");
        assertThat(Http.header(response, "ETag")).isEmpty();
    }

    @Test
    void failsWithoutTheErrorsPluginToo() {
        Javalin started = start(ResponseCheck.FAIL, false, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Http.header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body()).contains("\"at\":\"/amount\"").doesNotContain("secret value");
    }

    @Test
    void onlyLogsWhereItIsToldTo() {
        Javalin started = start(ResponseCheck.LOG, true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/x").body()).contains("secret value");
            assertThat(log.warnings())
                    .containsExactly("response to GET /x: the body of 200 does not fit its schema order/create;"
                            + " \"/amount\" must be a whole number");
        }
    }

    @Test
    void writesOneLineWhateverTheMembersAreCalled() {
        Map<String, Object> forged = Map.of("sku", "abc", "amount", 2, "a\n2026-01-01 ERROR forged", 1);
        Map<String, Object> vast = Map.of("sku", "abc", "amount", 2, "b".repeat(900), 1);
        Javalin started = start(
                ResponseCheck.LOG,
                true,
                get(out(200, ORDER), ctx -> ctx.json(ctx.queryParam("vast") == null ? forged : vast)));

        try (LogProbe log = new LogProbe()) {
            Http.get(started, "/x");
            Http.get(started, "/x?vast=");
            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(0)).endsWith("; \"/a\\u000a2026-01-01 ERROR forged\" is not a known member");
            assertThat(log.warnings().get(1)).contains("bbb…\"").hasSizeLessThan(500);
        }
    }

    @Test
    void takesAnEmptyFileForAFile() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(
                        outStream(200, "text/csv"),
                        ctx -> ctx.contentType("text/csv").result("")));

        assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
    }

    @Test
    void looksAtNothingUnlessToldTo() {
        Javalin started = start(ResponseCheck.OFF, true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void looksAtSomeResponsesOnly() {
        Iterator<Double> random = List.of(0.5, 0.009, 0.01, 0.0).iterator();
        Javalin started =
                start(ResponseCheck.sample(0.01, random::next), true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            for (int i = 0; i < 4; i++) {
                assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
            }
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void refusesFractionsThatAreNone() {
        for (double fraction : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ResponseCheck.sample(fraction));
        }
        assertThat(ResponseCheck.sample(1).takes()).isTrue();
        assertThat(ResponseCheck.sample(0.01)).hasToString("sample(0.01)");
    }

    record Row(String name, RoutePart says, Handler handler, String fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> faults() {
        return Stream.of(
                new Row("status", out(201, ORDER), ctx -> ctx.json(GOOD), "status 200 is not spoken of"),
                new Row("media type", out(200, ORDER), ctx -> ctx.result("hello"), "200 comes as text/plain"),
                new Row("no body", out(200, ORDER), ctx -> {}, "200 has no body"),
                new Row("a body", out(200), ctx -> ctx.result("a"), "200 has a body"),
                new Row(
                        "not JSON",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json").result("{"),
                        "the body of 200 is no JSON that a client would take"),
                new Row(
                        "a member twice",
                        out(200, "anything"),
                        ctx -> ctx.contentType("application/json").result("{\"a\":1,\"a\":2}"),
                        "the body of 200 is no JSON that a client would take"),
                new Row(
                        "null",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json").result("null"),
                        "the body of" + " 200 does not fit its schema order/create"),
                new Row(
                        "class",
                        out("4XX", ORDER),
                        ctx -> ctx.status(418).json(BAD),
                        "the body of 418 does not fit its" + " schema order/create"),
                new Row(
                        "default",
                        out("default", ORDER),
                        ctx -> ctx.status(299).json(BAD),
                        "the body of 299 does not fit" + " its schema order/create"),
                new Row(
                        "exact before class",
                        out(418, ORDER).and(out("4XX", "anything")),
                        ctx -> ctx.status(418).json(BAD),
                        "the body of 418 does not fit its schema order/create"),
                new Row("redirect", out(200, ORDER), ctx -> ctx.redirect("/y"), "status 302 is not spoken of"),
                new Row(
                        "stream of another type",
                        outStream(200, "text/csv"),
                        ctx -> ctx.contentType("text/html").result("a"),
                        "200 comes as text/html"),
                new Row(
                        "a code that is not named",
                        out(200, ORDER).and(problems(StandardError.GONE)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        "a problem of 409 with a code that it does not name"),
                new Row(
                        "another code of the same status",
                        out(200, ORDER).and(problems(ShopError.LOCKED_OUT)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        "a problem of 409 with a code that it does not name"),
                new Row(
                        "a future",
                        out(200, ORDER),
                        ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> ctx.json(BAD))),
                        "the body of 200 does not fit its schema order/create"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsWhatTheRouteDoesNotSay(Row row) {
        Javalin started = start(ResponseCheck.FAIL, true, get(row.says(), row.handler()));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.body())
                .contains("The response to GET /x is not what the route says: " + row.fault() + ".\"");
        assertThat(response.statusCode()).isEqualTo(500);
    }

    static Stream<Row> fine() {
        return Stream.of(
                new Row("no body", out(204), ctx -> ctx.status(204), ""),
                new Row("no body or one", out(200).and(out(200, ORDER)), ctx -> {}, ""),
                new Row("one body or none", out(200).and(out(200, ORDER)), ctx -> ctx.json(GOOD), ""),
                new Row(
                        "a charset",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json; charset=utf-8")
                                .result("{\"sku\":\"abc\",\"amount\":1}"),
                        ""),
                new Row(
                        "another JSON type",
                        out(200, ORDER).as("application/hal+json"),
                        ctx -> ctx.json(GOOD).contentType("application/hal+json"),
                        ""),
                new Row(
                        "a named code",
                        out(200, ORDER).and(problems(ShopError.SOLD_OUT)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        ""),
                new Row(
                        "a standard code",
                        out(200, ORDER),
                        ctx -> {
                            throw StandardError.FORBIDDEN.problem().toException();
                        },
                        ""),
                new Row(
                        "a crash",
                        out(200, ORDER),
                        ctx -> {
                            throw new IllegalStateException("oops");
                        },
                        ""),
                new Row(
                        "a problem with a schema",
                        out(409, "anything").as("application/problem+json"),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        ""),
                new Row("a route that says nothing of responses", in(ORDER).optional(), ctx -> ctx.json(BAD), ""));
    }

    @ParameterizedTest
    @MethodSource("fine")
    void letsThroughWhatTheRouteSays(Row row) {
        Javalin started = start(ResponseCheck.FAIL, true, get(row.says(), row.handler()));

        assertThat(Http.get(started, "/x").body()).doesNotContain("not what the route says");
    }

    @Test
    void letsRefusedRequestsThrough() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                SchemaRoutes.post("/x", in(ORDER), out(200, ORDER), ctx -> ctx.json(SchemaBody.tree(ctx))));

        assertThat(Http.postJson(started, "/x", "{}").statusCode()).isEqualTo(422);
        assertThat(Http.postJson(started, "/x", "{").statusCode()).isEqualTo(400);
        assertThat(Http.send(started, "POST", "/x", "{}", "Content-Type", "application/json", "Accept", "text/html")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Http.postJson(started, "/x", "{\"sku\":\"abc\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** A stream that fails the test's request when somebody reads it before it is sent. */
    private static final class Once extends FilterInputStream {
        private final AtomicReference<String> reader;

        Once(String text, AtomicReference<String> reader) {
            super(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            this.reader = reader;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            boolean early = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().contains("ResponseGuard")));
            reader.set(early ? "guard" : "server");
            return super.read(b, off, len);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    @Test
    void neverReadsAStream() {
        AtomicReference<String> reader = new AtomicReference<>("");
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json")
                                .result((InputStream) new Once("{not checked", reader))));

        assertThat(Http.get(started, "/x").body()).isEqualTo("{not checked");
        assertThat(reader.get()).isEqualTo("server");
    }

    @Test
    void leavesAloneWhatAHandlerWritesItself() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json")
                                .outputStream()
                                .write("{not checked".getBytes(StandardCharsets.UTF_8))),
                SchemaRoutes.get(
                        "/rows",
                        out(200, ORDER),
                        ctx -> ctx.writeJsonStream(Stream.of(Map.of("a", 1), Map.of("a", 2)))));

        assertThat(Http.get(started, "/x").body()).isEqualTo("{not checked");
        assertThat(Http.get(started, "/rows").body()).isEqualTo("[{\"a\":1},{\"a\":2}]");
    }

    @Test
    void leavesEventsAlone() {
        Endpoint events = Endpoint.create(HandlerType.GET, "/events")
                .addMetadata(RouteSchema.of(outStream(200, "text/event-stream")))
                .handler(new SseHandler(client -> {
                    client.sendEvent("one");
                    client.close();
                }));
        Javalin started = start(ResponseCheck.FAIL, true, events);

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/events", "Accept", "text/event-stream")
                            .body())
                    .isEqualTo("event: message\ndata: one\n\n");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void sendsTheSameBytesAfterALook() {
        String large = "x".repeat(100_000);
        Javalin started =
                start(ResponseCheck.FAIL, true, get(out(200, "anything"), ctx -> ctx.json(Map.of("a", large))));

        HttpResponse<String> response = Http.get(started, "/x", "Accept-Encoding", "gzip");

        assertThat(Http.header(response, "Content-Encoding")).isEqualTo("gzip");
        assertThat(Http.get(started, "/x").body()).isEqualTo("{\"a\":\"" + large + "\"}");
    }

    @Test
    void looksAtWhatAfterHandlersMadeOfIt() {
        Javalin started = Javalin.create(config -> {
                    configure(config, ResponseCheck.FAIL, true, get(out(200, ORDER), ctx -> ctx.json(BAD)));
                    config.routes.after(ctx -> ctx.json(GOOD));
                })
                .start("127.0.0.1", 0);
        app.set(started);

        assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
    }

    @Test
    void leavesOtherRoutesAndHeadAlone() {
        Javalin started = start(
                ResponseCheck.FAIL,
                true,
                get(out(200, ORDER), ctx -> ctx.json(BAD)),
                Endpoint.create(HandlerType.GET, "/plain").handler(ctx -> ctx.status(299)));

        assertThat(Http.get(started, "/plain").statusCode()).isEqualTo(299);
        assertThat(Http.get(started, "/none").statusCode()).isEqualTo(404);
        assertThat(Http.send(started, "HEAD", "/x", "").statusCode()).isEqualTo(200);
    }
}
