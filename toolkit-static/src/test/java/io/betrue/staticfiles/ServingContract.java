package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every way in must do, for files in memory ({@code /m}) and streamed ones ({@code /s}). A subclass says which way, and over which protocol.
 * In the tables, {@code ~} separates header lines.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServingContract implements ConditionContract, RangeContract, CodingContract {
    private Javalin app;

    /** {@return whether Jetty answers before Javalin} */
    abstract boolean front();

    /** Sends a request and reads its answer. */
    abstract Answer send(int port, String method, String target, List<String> headers);

    @BeforeAll
    void start() {
        Tree tree = Site.tree(front());
        app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.generateEtags = true;
            config.jetty.addConnector(Protocols::connector);
            config.routes.post("/m/ten.txt", ctx -> ctx.result("posted"));
            config.routes.get("/route", ctx -> ctx.result("a route"));
            Serving.install(config.unsafe, () -> tree);
        });
        app.start(0);
    }

    @AfterAll
    void stop() {
        app.stop();
    }

    final int port() {
        return app.port();
    }

    @Override
    public final Answer send(String method, String target, String headers) {
        List<String> lines = new ArrayList<>();
        for (String line : headers.split("~", -1)) {
            if (!line.isBlank() && !line.strip().equals("-")) {
                lines.add(line.strip());
            }
        }
        return send(app.port(), method, target, lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/m/coded.css", "/s/coded.css"})
    void sendsTheFieldsTheRfcAsksForWithEachStatus(String path) {
        assertThat(send("GET", path, "").fields().keySet())
                .containsExactlyInAnyOrder(
                        "etag",
                        "cache-control",
                        "vary",
                        "content-length",
                        "content-type",
                        "last-modified",
                        "accept-ranges",
                        "x-content-type-options");
        assertThat(send("GET", path, "If-None-Match: *").fields().keySet())
                .containsExactlyInAnyOrder("etag", "cache-control", "vary");
        assertThat(send("GET", path, "Range: bytes=0-1").fields().keySet())
                .contains("etag", "cache-control", "vary", "content-range", "content-length", "content-type");
        assertThat(send("GET", path, "Range: bytes=99-").fields().keySet())
                .containsExactlyInAnyOrder("content-range", "content-length");
        assertThat(send("GET", path, "If-Match: \"x\"").fields().keySet()).containsExactly("content-length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/m", "/s"})
    void sendsWholeFiles(String where) {
        Answer large = send("GET", where + "/large.bin", "");
        assertThat(large.body().equals(Site.large())).isTrue();
        assertThat(large.header("Content-Length")).isEqualTo(Integer.toString(Site.LARGE));
        assertThat(send("HEAD", where + "/large.bin", "").fields()).isEqualTo(large.fields());
        Answer empty = send("GET", where + "/empty.txt", "Range: bytes=0-");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.header("Content-Length")).isEqualTo("0");
        assertThat(send("GET", where + "/empty.txt", "Range: bytes=-5").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dir          | /dir/",
                "/dir?a=b&c=/d?e | /dir/?a=b&c=/d?e",
                "/dir?         | /dir/?",
                "/dir?x=%0d%0aSet-Cookie:a | /dir/?x=%0d%0aSet-Cookie:a",
                "/dir?//evil.example | /dir/?//evil.example"
            })
    void redirectsDirectoriesToTheirSlash(String target, String location) {
        Answer answer = send("GET", target, "Host: example.org");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).isEqualTo(location);
        assertThat(answer.fields().keySet()).containsExactlyInAnyOrder("location", "content-length", "cache-control");
        assertThat(send("HEAD", target, "").fields()).isEqualTo(answer.fields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST    | /s/ten.txt   | 405 | GET, HEAD",
                "PUT     | /m/large.bin | 405 | GET, HEAD",
                "DELETE  | /m/coded.css | 405 | GET, HEAD",
                "PATCH   | /dir/        | 405 | GET, HEAD",
                "POST    | /dir         | 405 | GET, HEAD",
                "OPTIONS | /m/large.bin | 405 | GET, HEAD",
                "PUT     | /m/ten.txt   | 405 | GET, HEAD, POST",
                "POST    | /m/ten.txt   | 200 | -",
                "POST    | /m/none.txt  | 404 | -",
                "GET     | /m/none.txt  | 404 | -"
            })
    void refusesOtherMethods(String method, String path, int status, String allow) {
        Answer answer = send(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Allow")).isEqualTo(allow);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /s/ten.txt | DELETE | 200 | 0123456789",
                "HEAD | /s/ten.txt | GET    | 200 | ''",
                "GET  | /s/ten.txt | HEAD   | 200 | 0123456789"
            })
    void looksAtTheMethodOnTheWire(String method, String path, String override, int status, String body) {
        Answer answer = send(method, path, "X-HTTP-Method-Override: " + override);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void refusesPostThatClaimsToBeGet() {
        assertThat(send("POST", "/s/ten.txt", "X-HTTP-Method-Override: GET").status())
                .isEqualTo(405);
    }

    @Test
    void leavesRoutesAlone() {
        assertThat(send("GET", "/route", "").body()).isEqualTo("a route");
        assertThat(send("HEAD", "/route", "").status()).isEqualTo(200);
    }

    @Test
    void ignoresQueryOfFiles() {
        assertThat(send("GET", "/m/ten.txt?v=1", "").body()).isEqualTo("0123456789");
    }
}
