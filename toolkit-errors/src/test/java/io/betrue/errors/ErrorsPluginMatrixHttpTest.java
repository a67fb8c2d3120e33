package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.javalin.Javalin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to fail, over a raw socket: the answer is a problem, tells nothing, and the server goes on. */
class ErrorsPluginMatrixHttpTest {
    private static final List<Arguments> CASES = new ArrayList<>();
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(FailingApp.ShopError.values());
    private static Javalin app;

    static {
        routes();
        bodies();
        validation();
        thrown();
        async();
        streams();
        sockets();
        jetty();
    }

    private static void routes() {
        get("/nowhere", 404, "NOT_FOUND");
        get("/nowhere?q=<script>", 404, "NOT_FOUND");
        request("DELETE /only-post", 405, "METHOD_NOT_ALLOWED");
        request("GET /only-post", 405, "METHOD_NOT_ALLOWED");
        request("PATCH /items/7", 405, "METHOD_NOT_ALLOWED");
        request("OPTIONS /items/7", 405, "METHOD_NOT_ALLOWED");
        request("BREW /items/7", 405, "METHOD_NOT_ALLOWED");
        request("BREW /nowhere", 404, "NOT_FOUND");
        request("TRACE /ok", 405, "METHOD_NOT_ALLOWED");
        raw(
                "method override",
                "POST /ok HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n",
                405,
                "METHOD_NOT_ALLOWED");
        get("/status?s=400", 400, "BAD_REQUEST");
        get("/status?s=404", 404, "NOT_FOUND");
        get("/status?s=418", 418, "BAD_REQUEST");
        get("/status?s=500", 500, "INTERNAL");
        get("/status?s=503", 503, "UNAVAILABLE");
        get("/status?s=599", 599, "INTERNAL");
        get("/stopped", 403, "FORBIDDEN");
        get("/send-error", 409, "CONFLICT");
        get("/errors/NO_SUCH_CODE", 404, "NOT_FOUND");
    }

    private static void bodies() {
        post("/orders", "application/json", "{\"customer\": ", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "  ", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "nonsense", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "{\"items\":[{\"sku\":\"a\",}]}", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "{\"customer\":\"\u0000\"}", 400, "MALFORMED_JSON");
        post("/stream", "application/json", "{\"customer\": ", 400, "MALFORMED_JSON");
        post("/orders", "application/json", "[1,2]", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "{\"customer\":{}}", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "{\"items\":[{\"count\":\"many\"}]}", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "{\"items\":[{\"count\":-1}]}", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "{\"colour\":1}", 422, "VALIDATION_FAILED");
        post("/stream", "application/json", "{\"customer\":[]}", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "null", 422, "VALIDATION_FAILED");
        post("/stream", "application/json", "null", 422, "VALIDATION_FAILED");
        post("/orders", "application/json", "{\"items\":[{\"count\":9999999999}]}", 422, "VALIDATION_FAILED");
        post("/own-json", "application/json", "{}", 500, "INTERNAL");
        post("/text", "text/plain; charset=no-such-charset", "x", 415, "UNSUPPORTED_MEDIA_TYPE");
        post("/text", "text/plain; charset=", "x", 415, "UNSUPPORTED_MEDIA_TYPE");
        post("/text", "text/plain; charset", "x", 415, "UNSUPPORTED_MEDIA_TYPE");
        post("/text", "text/plain", "x".repeat(1001), 413, "PAYLOAD_TOO_LARGE");
        post("/upload", "multipart/form-data; boundary=b", "--b\r\nbroken", 400, "BAD_REQUEST");
        post("/upload", "multipart/form-data; boundary=b", parts(1, "x".repeat(101)), 413, "PAYLOAD_TOO_LARGE");
        post("/upload", "multipart/form-data; boundary=b", parts(1001, "x"), 413, "PAYLOAD_TOO_LARGE");
        post("/upload", "multipart/form-data", "x", 400, "BAD_REQUEST");
        raw(
                "bad chunk",
                "POST /text HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                400,
                "BAD_REQUEST");
        get("/unwritable", 500, "INTERNAL");
    }

    private static void validation() {
        get("/pages", 422, "VALIDATION_FAILED");
        get("/pages?page=x", 422, "VALIDATION_FAILED");
        get("/pages?page=-1", 422, "VALIDATION_FAILED");
        get("/numbers/x", 422, "VALIDATION_FAILED");
        raw("header", "GET /header HTTP/1.1\r\nHost: x\r\nX-Count: many\r\n\r\n", 422, "VALIDATION_FAILED");
        post("/form", "application/x-www-form-urlencoded", "age=old", 422, "VALIDATION_FAILED");
        post("/validated", "application/json", "{\"customer\":\" \"}", 422, "VALIDATION_FAILED");
        post("/validated", "application/json", "null", 422, "VALIDATION_FAILED");
        post("/validated", "application/json", "{", 400, "MALFORMED_JSON");
        post("/validated", "application/json", "{\"customer\":{}}", 422, "VALIDATION_FAILED");
    }

    private static void thrown() {
        get("/problem", 409, "OUT_OF_STOCK");
        get("/limited", 429, "TOO_MUCH");
        get("/runtime", 500, "INTERNAL");
        get("/checked", 500, "INTERNAL");
        get("/upstream", 503, "UNAVAILABLE");
        get("/stack-overflow", 500, "INTERNAL");
        get("/linkage", 500, "INTERNAL");
        get("/memory", 500, "INTERNAL");
        get("/echo?q=<script>", 400, "BAD_REQUEST");
        get("/bad-request", 400, "BAD_REQUEST");
        get("/unauthorized", 401, "UNAUTHENTICATED");
        get("/forbidden", 403, "FORBIDDEN");
        get("/not-acceptable", 406, "NOT_ACCEPTABLE");
        get("/unsupported", 415, "UNSUPPORTED_MEDIA_TYPE");
        get("/too-many", 429, "RATE_LIMITED");
        get("/unavailable", 503, "UNAVAILABLE");
        get("/internal", 500, "INTERNAL");
        get("/teapot", 418, "BAD_REQUEST");
        get("/after-throws", 500, "INTERNAL");
        get("/after-error", 500, "INTERNAL");
    }

    private static void async() {
        get("/future", 500, "INTERNAL");
        get("/future-problem", 409, "OUT_OF_STOCK");
        get("/future-error", 500, "INTERNAL");
        get("/never", 504, "DEADLINE_EXCEEDED");
        get("/async", 500, "INTERNAL");
        get("/async-slow", 504, "DEADLINE_EXCEEDED");
    }

    private static void streams() {
        get("/half-written", 500, "INTERNAL");
        raw(
                "half compressed",
                "GET /half-compressed HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n",
                500,
                "INTERNAL");
        get("/broken-result", 500, "INTERNAL");
    }

    private static void sockets() {
        get("/ws", 426, "UPGRADE_REQUIRED");
        upgrade("/nowhere", 404, "NOT_FOUND");
        upgrade("/ws-guarded", 500, "INTERNAL");
        upgrade("/ws-guarded?how=problem", 403, "FORBIDDEN");
        upgrade("/ws-guarded?how=status", 401, "UNAUTHENTICATED");
        upgrade("/ws-guarded?how=error", 500, "INTERNAL");
        raw(
                "no upgrade header",
                "GET /ws HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
                426,
                "UPGRADE_REQUIRED");
        raw(
                "no key",
                "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n",
                400,
                "BAD_REQUEST");
        raw(
                "old version",
                "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 8\r\n\r\n",
                426,
                "UPGRADE_REQUIRED");
    }

    private static void jetty() {
        get("/%zz", 400, "BAD_REQUEST");
        get("/items/%", 400, "BAD_REQUEST");
        get("/items/%00", 400, "BAD_REQUEST");
        raw("nul", "GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n", 400, "BAD_REQUEST");
        raw("garbage", "\u0016\u0003\u0001 hello\r\n\r\n", 400, "BAD_REQUEST");
        raw("no version", "GET /ok\r\n\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED");
        raw("no host", "GET /ok HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST");
        raw("two hosts", "GET /ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "BAD_REQUEST");
        raw("http/1.0", "GET /nowhere HTTP/1.0\r\n\r\n", 404, "NOT_FOUND");
        raw("http/9.9", "GET /ok HTTP/9.9\r\nHost: x\r\n\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED");
        raw(
                "large header",
                "GET /ok HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(20_000) + "\r\n\r\n",
                431,
                "HEADERS_TOO_LARGE");
        raw("long uri", "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "URI_TOO_LONG");
        raw("bad length", "POST /text HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400, "BAD_REQUEST");
        raw(
                "two lengths",
                "POST /text HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                400,
                "BAD_REQUEST");
        raw("bad header", "GET /ok HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400, "BAD_REQUEST");
        raw(
                "expectation",
                "POST /text HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nContent-Length: 0\r\n\r\n",
                417,
                "EXPECTATION_FAILED");
    }

    private static void get(String target, int status, String code) {
        request("GET " + target, status, code);
    }

    private static void request(String line, int status, String code) {
        raw(line, line + " HTTP/1.1\r\nHost: x\r\n\r\n", status, code);
    }

    private static void post(String path, String type, String body, int status, String code) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: ";
        String shown = body.length() > 40 ? body.length() + " bytes" : body;
        raw("POST " + path + " " + type + " " + shown, head + body.length() + "\r\n\r\n" + body, status, code);
    }

    private static String parts(int count, String content) {
        String part = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" + content + "\r\n";
        return part.repeat(count) + "--b--\r\n";
    }

    private static void upgrade(String target, int status, String code) {
        String headers = """
                Host: x
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n");
        raw("upgrade " + target, "GET " + target + " HTTP/1.1\r\n" + headers, status, code);
    }

    private static void raw(String name, String request, int status, String code) {
        CASES.add(arguments(name, request, status, code));
    }

    static Stream<Arguments> cases() {
        return CASES.stream();
    }

    @BeforeAll
    static void start() {
        app = FailingApp.start();
    }

    @AfterAll
    static void stop() {
        app.stop();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersWithProblemAndGoesOn(String name, String request, int status, String code) throws Exception {
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(request);
            RawHttp.Response response = http.read(false);
            assertThat(response.status()).as(response.text()).isEqualTo(status);
            assertThat(response.header("Content-Type")).hasValue("application/problem+json");
            Problem problem = CATALOGUE.parse(response.text().getBytes(StandardCharsets.UTF_8));
            assertThat(problem.code().name()).as(response.text()).isEqualTo(code);
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.type().toString()).isEqualTo("/errors/" + code);
            assertThat(TraceId.isValid(String.valueOf(problem.traceId()))).isTrue();
            assertTellsNothing(response);
            assertGoesOn(http, response);
        }
    }

    private static void assertTellsNothing(RawHttp.Response response) {
        String whole = response.headers() + response.text();
        assertThat(whole)
                .doesNotContain(FailingApp.SECRET)
                .doesNotContainIgnoringCase("exception")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContainIgnoringCase("jackson")
                .doesNotContain("java.")
                .doesNotContain("io.betrue")
                .doesNotContain("javalin")
                .doesNotContain("\tat ");
        assertThat(response.header("Set-Cookie")).isEmpty();
        assertThat(response.header("Cache-Control")).hasValue("no-store");
        assertThat(response.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.header("Content-Language")).hasValue("en");
    }

    /** The framing was right if the next request on the same connection is understood, or the connection ends here. */
    private static void assertGoesOn(RawHttp http, RawHttp.Response response) {
        boolean closes =
                response.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
        if (closes || !http.answersOk()) {
            assertThat(http.isClosed()).isTrue();
        }
        try (RawHttp next = new RawHttp(app.port())) {
            assertThat(next.answersOk()).isTrue();
        }
    }
}
