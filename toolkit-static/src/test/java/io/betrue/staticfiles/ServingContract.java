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
abstract class ServingContract {
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

    final Answer send(String method, String target, String headers) {
        List<String> lines = new ArrayList<>();
        for (String line : headers.split("~", -1)) {
            if (!line.isBlank() && !line.strip().equals("-")) {
                lines.add(line.strip());
            }
        }
        return send(app.port(), method, target, lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-                                                      | 200",
                "If-None-Match: \"id-1\"                                | 304",
                "If-None-Match: W/\"id-1\"                              | 304",
                "If-None-Match: \"x\"                                   | 200",
                "If-None-Match: \"x\", \"id-1\"                         | 304",
                "If-None-Match: \"x\",\"id-1\",\"y\"                    | 304",
                "If-None-Match: \"x, \",W/\"id-1\"                      | 304",
                "If-None-Match: \"x\"~If-None-Match: \"id-1\"           | 304",
                "If-None-Match: , ,\"id-1\"                             | 304",
                "If-None-Match: *                                       | 304",
                "If-None-Match: \"*\"                                   | 200",
                "If-None-Match: id-1                                    | 200",
                "If-None-Match: \"id-1                                  | 200",
                "If-None-Match: w/\"id-1\"                              | 200",
                "If-None-Match: \"id-1-gzip\"                           | 200",
                "If-None-Match: \"gzip-1\"                              | 200",
                "If-None-Match: \"x\"~If-Modified-Since: Sat, 03 Jan 2026 10:00:00 GMT | 200",
                "If-Modified-Since: Sat, 03 Jan 2026 10:00:00 GMT       | 304",
                "If-Modified-Since: Sat, 03 Jan 2026 10:00:01 GMT       | 304",
                "If-Modified-Since: Sat, 03 Jan 2026 09:59:59 GMT       | 200",
                "If-Modified-Since: Saturday, 03-Jan-26 10:00:00 GMT    | 304",
                "If-Modified-Since: Saturday, 03-Jan-26 09:59:59 GMT    | 200",
                "If-Modified-Since: Sunday, 03-Jan-99 10:00:00 GMT      | 200",
                "If-Modified-Since: Sat Jan  3 10:00:00 2026            | 304",
                "If-Modified-Since: Sat Jan  3 09:59:59 2026            | 200",
                "If-Modified-Since: Fri, 30 Jan 2037 10:00:60 GMT       | 304",
                "If-Modified-Since: Fri, 30 Feb 2037 10:00:00 GMT       | 200",
                "If-Modified-Since: Sat, 03 Jan 2026 10:00:00 +0000     | 200",
                "If-Modified-Since: Sat, 3 Jan 2026 10:00:00 GMT        | 200",
                "If-Modified-Since: 2026-01-03T10:00:00Z                | 200",
                "If-Modified-Since: tomorrow                            | 200",
                "If-Match: \"id-1\"                                     | 200",
                "If-Match: \"x\", \"id-1\"                              | 200",
                "If-Match: *                                            | 200",
                "If-Match: W/\"id-1\"                                   | 412",
                "If-Match: \"x\"                                        | 412",
                "If-Match: id-1                                         | 412",
                "If-Match: \"gzip-1\"                                   | 412",
                "If-Match: \"x\"~If-None-Match: \"id-1\"                | 412",
                "If-Match: \"id-1\"~If-None-Match: \"id-1\"             | 304",
                "If-Match: \"id-1\"~If-None-Match: \"x\"                | 200",
                "If-Unmodified-Since: Sat, 03 Jan 2026 10:00:00 GMT     | 200",
                "If-Unmodified-Since: Sat, 03 Jan 2026 10:00:01 GMT     | 200",
                "If-Unmodified-Since: Sat, 03 Jan 2026 09:59:59 GMT     | 412",
                "If-Unmodified-Since: Sat Jan  3 09:59:59 2026          | 412",
                "If-Unmodified-Since: yesterday                         | 200",
                "If-Match: \"id-1\"~If-Unmodified-Since: Sat, 03 Jan 2026 09:59:59 GMT | 200",
                "If-Unmodified-Since: Sat, 03 Jan 2026 09:59:59 GMT~If-None-Match: *   | 412",
                "If-Unmodified-Since: Sat, 03 Jan 2026 10:00:00 GMT~If-None-Match: *   | 304",
                "If-None-Match: \"id-1\"~Range: bytes=0-1               | 304",
                "If-Match: \"x\"~Range: bytes=0-1                       | 412",
                "If-Modified-Since: Sat, 03 Jan 2026 10:00:00 GMT~Range: bytes=0-1     | 304"
            })
    void weighsConditionsInOrder(String headers, int status) {
        for (String path : List.of("/m/ten.txt", "/s/ten.txt")) {
            Answer get = send("GET", path, headers);
            assertThat(get.status()).as(path).isEqualTo(status);
            assertThat(get.body()).isEqualTo(status == 200 ? "0123456789" : "");
            if (!headers.contains("Range")) {
                Answer head = send("HEAD", path, headers);
                assertThat(head.status()).as(path).isEqualTo(status);
                assertThat(head.fields()).isEqualTo(get.fields());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0       | 206 | bytes 0-0/10 | 0",
                "bytes=0-9       | 206 | bytes 0-9/10 | 0123456789",
                "bytes=0-        | 206 | bytes 0-9/10 | 0123456789",
                "bytes=3-5       | 206 | bytes 3-5/10 | 345",
                "bytes=9-        | 206 | bytes 9-9/10 | 9",
                "bytes=9-9       | 206 | bytes 9-9/10 | 9",
                "bytes=5-99      | 206 | bytes 5-9/10 | 56789",
                "bytes=-1        | 206 | bytes 9-9/10 | 9",
                "bytes=-5        | 206 | bytes 5-9/10 | 56789",
                "bytes=-10       | 206 | bytes 0-9/10 | 0123456789",
                "bytes=-11       | 206 | bytes 0-9/10 | 0123456789",
                "bytes=-99999999999999999999999 | 206 | bytes 0-9/10 | 0123456789",
                "bytes=8-99999999999999999999999 | 206 | bytes 8-9/10 | 89",
                "BYTES=0-1       | 206 | bytes 0-1/10 | 01",
                "bytes=00-01     | 206 | bytes 0-1/10 | 01",
                "bytes= 0-1 ,    | 206 | bytes 0-1/10 | 01",
                "bytes=0-1,50-60 | 206 | bytes 0-1/10 | 01",
                "bytes=0-1,2-3   | 206 | bytes 0-3/10 | 0123",
                "bytes=4-5,1-3   | 206 | bytes 1-5/10 | 12345",
                "bytes=0-3,2-5   | 206 | bytes 0-5/10 | 012345",
                "bytes=0-1,-0    | 206 | bytes 0-1/10 | 01",
                "bytes=10-       | 416 | bytes */10   | ''",
                "bytes=10-20     | 416 | bytes */10   | ''",
                "bytes=-0        | 416 | bytes */10   | ''",
                "bytes=99-,50-60 | 416 | bytes */10   | ''",
                "bytes=99999999999999999999999- | 416 | bytes */10 | ''",
                "bytes=5-3       | 200 | -            | 0123456789",
                "bytes=0-1,5-3   | 200 | -            | 0123456789",
                "bytes=          | 200 | -            | 0123456789",
                "bytes=,         | 200 | -            | 0123456789",
                "bytes=-         | 200 | -            | 0123456789",
                "bytes=a-b       | 200 | -            | 0123456789",
                "bytes=0-1-2     | 200 | -            | 0123456789",
                "bytes=--1       | 200 | -            | 0123456789",
                "bytes=+1-2      | 200 | -            | 0123456789",
                "bytes=0 - 1     | 200 | -            | 0123456789",
                "bytes 0-1       | 200 | -            | 0123456789",
                "bytes           | 200 | -            | 0123456789",
                "items=0-1       | 200 | -            | 0123456789",
                "bytes=0-1;2-3   | 200 | -            | 0123456789",
                "bytes=0-1~Range: bytes=2-3 | 200 | - | 0123456789",
                "bytes=0-,0-     | 200 | -            | 0123456789",
                "bytes=0-2,1-3,2-4 | 200 | -          | 0123456789",
                "bytes=0-0,0-0,0-0 | 200 | -          | 0123456789",
                "bytes=9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9-,9- | 200 | - | 0123456789"
            })
    void cutsRanges(String range, int status, String contentRange, String body) {
        for (String path : List.of("/m/ten.txt", "/s/ten.txt")) {
            Answer answer = send("GET", path, "Range: " + range);
            assertThat(answer.status()).as(path).isEqualTo(status);
            assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
            Answer head = send("HEAD", path, "Range: " + range);
            assertThat(head.status()).as("only GET has ranges").isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("10");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id-1\"                       | 206",
                "W/\"id-1\"                     | 200",
                "\"x\"                          | 200",
                "*                              | 200",
                "\"id-1\", \"id-1\"             | 200",
                "Sat, 03 Jan 2026 10:00:00 GMT  | 206",
                "Saturday, 03-Jan-26 10:00:00 GMT | 206",
                "Sat, 03 Jan 2026 10:00:01 GMT  | 200",
                "Sat, 03 Jan 2026 09:59:59 GMT  | 200",
                "nonsense                       | 200"
            })
    void cutsRangesOnlyOfTheVersionNamed(String ifRange, int status) {
        for (String path : List.of("/m/ten.txt", "/s/ten.txt")) {
            Answer answer = send("GET", path, "Range: bytes=1-2~If-Range: " + ifRange);
            assertThat(answer.status()).as(path).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(status == 206 ? "12" : "0123456789");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coded  | -                                     | -",
                "coded  | Accept-Encoding:                      | -",
                "coded  | Accept-Encoding: gzip                 | gzip",
                "coded  | Accept-Encoding: x-gzip               | gzip",
                "coded  | Accept-Encoding: GZip                 | gzip",
                "coded  | Accept-Encoding: br                   | br",
                "coded  | Accept-Encoding: zstd                 | zstd",
                "coded  | Accept-Encoding: gzip, deflate, br, zstd | br",
                "coded  | Accept-Encoding: gzip, zstd           | zstd",
                "coded  | Accept-Encoding: gzip;q=1.0, br;q=0.5 | gzip",
                "coded  | Accept-Encoding: gzip;q=0.501, br;q=0.5 | gzip",
                "coded  | Accept-Encoding: gzip;q=0.1           | gzip",
                "coded  | Accept-Encoding: gzip;q=0.001         | gzip",
                "coded  | Accept-Encoding: gzip;q=0             | -",
                "coded  | Accept-Encoding: gzip;q=0.000, br;q=0 | -",
                "coded  | Accept-Encoding: *                    | br",
                "coded  | Accept-Encoding: *;q=0.5              | br",
                "coded  | Accept-Encoding: *;q=0                | -",
                "coded  | Accept-Encoding: br;q=0, *            | zstd",
                "coded  | Accept-Encoding: gzip;q=0.9, *;q=0.1  | gzip",
                "coded  | Accept-Encoding: gzip;q=0.2, *;q=0    | gzip",
                "coded  | Accept-Encoding: gzip;q=0.2, br;q=0.2 | br",
                "coded  | Accept-Encoding: identity             | -",
                "coded  | Accept-Encoding: identity, gzip       | gzip",
                "coded  | Accept-Encoding: identity;q=0.5, gzip;q=0.5 | gzip",
                "coded  | Accept-Encoding: identity;q=0.6, gzip;q=0.5 | -",
                "coded  | Accept-Encoding: identity, gzip;q=0.999 | -",
                "coded  | Accept-Encoding: identity;q=0         | -",
                "coded  | Accept-Encoding: identity;q=0, gzip   | gzip",
                "coded  | Accept-Encoding: deflate, compress    | -",
                "coded  | Accept-Encoding: gzip;q=2             | -",
                "coded  | Accept-Encoding: gzip;q=1.001         | -",
                "coded  | Accept-Encoding: gzip;q=0.1234        | -",
                "coded  | Accept-Encoding: gzip;q=              | -",
                "coded  | Accept-Encoding: gzip;q=x, br;q=0.1   | br",
                "coded  | Accept-Encoding: gzip;level=1         | -",
                "coded  | Accept-Encoding: gzip ; Q=0.7 , br;q=0.6 | gzip",
                "coded  | Accept-Encoding: ,,gzip,,             | gzip",
                "coded  | Accept-Encoding: gzip~Accept-Encoding: br;q=0.1 | gzip",
                "coded  | Accept-Encoding: gzipx                | -",
                "zipped | Accept-Encoding: br, gzip;q=0.1       | gzip",
                "zipped | Accept-Encoding: br                   | -",
                "ten    | Accept-Encoding: gzip, br             | -"
            })
    void choosesCoding(String file, String accept, String coding) {
        for (String where : List.of("/m/", "/s/")) {
            String path = where + file + (file.equals("ten") ? ".txt" : ".css");
            Answer answer = send("GET", path, accept);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Encoding")).as(path).isEqualTo(coding);
            assertThat(answer.header("Vary")).isEqualTo(file.equals("ten") ? "-" : "Accept-Encoding");
            if (!coding.equals("-")) {
                assertThat(answer.body()).isEqualTo(Site.body(coding));
                assertThat(answer.header("ETag")).isEqualTo("\"" + coding + "-1\"");
            }
            assertThat(answer.header("Content-Length"))
                    .isEqualTo(Integer.toString(answer.body().length()));
            assertThat(send("HEAD", path, accept).fields()).isEqualTo(answer.fields());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept-Encoding: br~If-None-Match: \"br-1\"   | 304 | \"br-1\"",
                "Accept-Encoding: br~If-None-Match: \"id-1\"   | 200 | \"br-1\"",
                "Accept-Encoding: br~If-Match: \"id-1\"        | 412 | -",
                "Accept-Encoding: br~If-Match: \"br-1\"        | 200 | \"br-1\"",
                "Accept-Encoding: br~Range: bytes=0-4          | 206 | \"br-1\"",
                "Accept-Encoding: br~Range: bytes=0-4~If-Range: \"id-1\" | 200 | \"br-1\"",
                "Accept-Encoding: br~Range: bytes=0-4~If-Range: \"br-1\" | 206 | \"br-1\""
            })
    void comparesTheChosenRepresentation(String headers, int status, String etag) {
        for (String path : List.of("/m/coded.css", "/s/coded.css")) {
            Answer answer = send("GET", path, headers);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("ETag")).isEqualTo(etag);
            if (status == 206) {
                assertThat(answer.body()).isEqualTo("bytes");
                assertThat(answer.header("Content-Encoding")).isEqualTo("br");
            }
        }
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
    @ValueSource(strings = {"/m/large.bin", "/s/large.bin"})
    void sendsSeveralRangesAsParts(String path) {
        Answer answer = send("GET", path, "Range: bytes=-3, 150000-290000, 0-0");
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Length"))
                .isEqualTo(Integer.toString(answer.body().length()));
        String large = Site.large();
        String expected = part(answer, large, 299998, 300000)
                + "\r\n"
                + part(answer, large, 150000, 290000)
                + "\r\n"
                + part(answer, large, 0, 0)
                + "\r\n--"
                + boundary(answer)
                + "--\r\n";
        assertThat(answer.body().equals(expected)).isTrue();
        assertThat(answer.header("Content-Range")).isEqualTo("-");
        assertThat(answer.header("ETag")).isEqualTo("\"id-1\"");
    }

    private static String part(Answer answer, String content, int first, int last) {
        return "--" + boundary(answer) + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes " + first
                + "-" + last + "/" + content.length() + "\r\n\r\n" + content.substring(first, last + 1);
    }

    static String boundary(Answer answer) {
        String type = answer.header("Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        return type.substring(type.indexOf('=') + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/m/large.bin", "/s/large.bin"})
    void agreesWithTheSlowOracleOnRandomRanges(String path) {
        RangeOracle oracle = new RangeOracle(Site.large(), 11);
        for (int i = 0; i < 60; i++) {
            String range = oracle.randomRange();
            oracle.check(range, send("GET", path, "Range: " + range));
        }
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
