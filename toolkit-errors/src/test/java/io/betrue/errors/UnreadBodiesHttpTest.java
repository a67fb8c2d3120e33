package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to requests whose bodies nobody has read to the end. */
class UnreadBodiesHttpTest {
    /** Longer than any read of the tests may take, so that a test which waits for it fails. */
    private static final Duration FOREVER = Duration.ofMinutes(1);

    private static final long MANY = 100_000_000;

    private final List<Javalin> apps = new ArrayList<>();

    private Javalin start(long bytes, Duration wait) {
        Javalin app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(new ErrorsPlugin(e -> e.discardUnread(bytes, wait)));
                    config.routes.get("/ok", ctx -> ctx.result("fine"));
                    config.routes.post("/refused", ctx -> {
                        throw StandardError.UNAUTHENTICATED.problem().toException();
                    });
                    config.routes.post("/taken", ctx -> ctx.result("taken"));
                    config.routes.post("/long", ctx -> ctx.result("x".repeat(300_000)));
                    config.routes.post(
                            "/read",
                            ctx -> ctx.result("" + ctx.bodyInputStream().readAllBytes().length));
                    config.routes.post("/begun", ctx -> {
                        InputStream body = ctx.bodyInputStream();
                        ctx.result("began with " + body.readNBytes(10).length);
                    });
                    config.routes.post("/stumbled", ctx -> {
                        assertThat(ctx.bodyInputStream().readNBytes(10)).hasSize(10);
                        throw StandardError.CONFLICT.problem().toException();
                    });
                    config.routes.post(
                            "/later",
                            ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> {
                                throw StandardError.CONFLICT.problem().toException();
                            })));
                })
                .start("127.0.0.1", 0);
        apps.add(app);
        return app;
    }

    @AfterEach
    void stop() {
        apps.forEach(Javalin::stop);
    }

    private static String head(String path, String... fields) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    @Test
    void refusalReachesClientThatReadsOnlyAfterSending() {
        Javalin app = start(MANY, FOREVER);
        String body = " ".repeat(2_000_000);

        for (int i = 0; i < 100; i++) {
            HttpResponse<String> response = Answers.send(app, "POST", "/refused", body);
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({"/refused, 401", "/nowhere, 404", "/ok, 405", "/taken, 200", "/long, 200", "/begun, 200", "/later, 409"
    })
    void answersAtOnceAndKeepsTheConnection(String path, int status) {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            for (int i = 0; i < 3; i++) {
                http.send(head(path, "Content-Length: 700000") + "x".repeat(1000));
                assertThat(http.read(false).status()).isEqualTo(status);
                http.send("x".repeat(699_000));
            }
            assertThat(http.answersOk()).isTrue();
        }
    }

    @Test
    void drainsBodyOfUnknownLength() {
        Javalin app = start(MANY, FOREVER);
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Transfer-Encoding: chunked") + chunk);
            assertThat(http.read(false).status()).isEqualTo(401);
            http.send(chunk.repeat(50) + "0\r\n\r\n");
            assertThat(http.answersOk()).isTrue();
        }
    }

    @Test
    void leavesReadBodiesAlone() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            for (int i = 0; i < 3; i++) {
                http.send(head("/read", "Content-Length: 70000") + "x".repeat(70_000));
                assertThat(http.read(false).text()).isEqualTo("70000");
                http.send(head("/begun", "Content-Length: 10") + "x".repeat(10));
                assertThat(http.read(false).text()).isEqualTo("began with 10");
                http.send(head("/refused", "Content-Length: 0"));
                assertThat(http.read(false).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void goesOnWithPipelinedRequestBehindUnreadBody() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 100000") + "x".repeat(100_000)
                    + head("/read", "Content-Length: 3") + "abc");
            assertThat(http.read(false).status()).isEqualTo(401);
            assertThat(http.read(false).text()).isEqualTo("3");
        }
    }

    @Test
    void closesConnectionOfSilentClientInTime() {
        Javalin app = start(MANY, Duration.ofMillis(300));
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 700000"));
            assertThat(http.read(false).status()).isEqualTo(401);
            assertThat(http.isClosed()).isTrue();
        }
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 700000") + "x".repeat(1000));
            assertThat(http.read(false).status()).isEqualTo(401);
            assertThat(http.isClosed()).isTrue();
        }
        assertThat(Answers.get(app, "/ok").body()).isEqualTo("fine");
    }

    @Test
    void closesConnectionOfClientThatIsTooSlow() {
        Javalin app = start(MANY, Duration.ofMillis(300));
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 90000000"));
            assertThat(http.read(false).status()).isEqualTo(401);
            assertThat(http.trickle("x", Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void closesConnectionAfterTooMuch() {
        Javalin app = start(100_000, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 90000000") + "x".repeat(1000));
            RawHttp.Response response = http.read(false);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("Connection")).contains("close");
            assertThat(http.trickle("x".repeat(10_000), Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void keepsConnectionWhereWhatIsLeftIsNotTooMuch() {
        Javalin app = start(1000, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/stumbled", "Content-Length: 1500") + "x".repeat(900));
            RawHttp.Response response = http.read(false);
            assertThat(response.status()).isEqualTo(409);
            assertThat(response.header("Connection")).isEmpty();
            http.send("x".repeat(600));
            assertThat(http.answersOk()).isTrue();
        }
    }

    @Test
    void doesNotAskForBodyOfRefusedRequest() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Expect: 100-continue", "Content-Length: 700000"));
            RawHttp.Response response = http.read(false);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("Connection")).contains("close");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void drainsBodyThatWasAskedFor() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/begun", "Expect: 100-continue", "Content-Length: 700000"));
            assertThat(http.read(true).status()).isEqualTo(100);
            http.send("x".repeat(1000));
            assertThat(http.read(false).text()).isEqualTo("began with 10");
            http.send("x".repeat(699_000));
            assertThat(http.answersOk()).isTrue();
        }
    }

    @Test
    void drainsBodyThatCameUnasked() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Expect: 100-continue", "Content-Length: 700000") + "x".repeat(1000));
            assertThat(http.read(false).status()).isEqualTo(401);
            http.send("x".repeat(699_000));
            assertThat(http.endsCleanly()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1\r\nHost: x\r\nConnection: close"})
    void drainsBeforeItClosesWhatIsToBeClosed(String version) {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send("POST /refused " + version + "\r\nContent-Length: 700000\r\n\r\n" + "x".repeat(1000));
            assertThat(http.read(false).status()).isEqualTo(401);
            http.send("x".repeat(699_000));
            assertThat(http.endsCleanly()).isTrue();
        }
    }

    @Test
    void survivesClientThatLeaves() {
        Javalin app = start(MANY, FOREVER);
        for (int i = 0; i < 20; i++) {
            try (RawHttp http = new RawHttp(app.port())) {
                http.send(head("/refused", "Content-Length: 700000") + "x".repeat(1000));
                assertThat(http.read(false).status()).isEqualTo(401);
            }
        }
        assertThat(Answers.get(app, "/ok").body()).isEqualTo("fine");
    }

    @Test
    void survivesBodyThatIsMalformedFurtherOn() {
        Javalin app = start(MANY, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Transfer-Encoding: chunked") + "1\r\nx\r\n");
            assertThat(http.read(false).status()).isEqualTo(401);
            http.send("no size\r\n");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void closesAtOnceWhereNothingMayBeDiscarded() {
        Javalin app = start(0, FOREVER);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send(head("/refused", "Content-Length: 700000"));
            assertThat(http.read(false).status()).isEqualTo(401);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatThrownBy(() -> new ErrorsConfig().discardUnread(-1, FOREVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("discarded bytes of an unread body must be 0..1073741824, were -1");
        assertThatThrownBy(() -> new ErrorsConfig().discardUnread(1, FOREVER.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wait for the end of an unread body must be 0..60 s, was PT1M1S");
    }
}
