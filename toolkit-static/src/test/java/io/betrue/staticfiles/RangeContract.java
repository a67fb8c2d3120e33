package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges (RFC 9110, section 14), of files in memory and of streamed ones. */
interface RangeContract {
    /** Sends a request and reads its answer; {@code ~} separates header lines. */
    Answer send(String method, String target, String headers);

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
    default void cutsRanges(String range, int status, String contentRange, String body) {
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
    default void cutsRangesOnlyOfTheVersionNamed(String ifRange, int status) {
        for (String path : List.of("/m/ten.txt", "/s/ten.txt")) {
            Answer answer = send("GET", path, "Range: bytes=1-2~If-Range: " + ifRange);
            assertThat(answer.status()).as(path).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(status == 206 ? "12" : "0123456789");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/m/large.bin", "/s/large.bin"})
    default void sendsSeveralRangesAsParts(String path) {
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
    default void agreesWithTheSlowOracleOnRandomRanges(String path) {
        RangeOracle oracle = new RangeOracle(Site.large(), 11);
        for (int i = 0; i < 60; i++) {
            String range = oracle.randomRange();
            oracle.check(range, send("GET", path, "Range: " + range));
        }
    }
}
