package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What only shows on a connection of HTTP/1.1. */
abstract class Http1Contract extends ServingContract {
    private static final String LAST = "GET /m/ten.txt HTTP/1.1\r\nHost: x\r\n\r\n";

    @Override
    Answer send(int port, String method, String target, List<String> headers) {
        return Protocols.http1(port, method, target, headers);
    }

    @Test
    void answersThePipelinedNextRequestAfterEveryKindOfAnswer() {
        for (String first : List.of(
                "GET /m/ten.txt HTTP/1.1\r\n",
                "GET /s/large.bin HTTP/1.1\r\n",
                "HEAD /s/large.bin HTTP/1.1\r\n",
                "GET /m/ten.txt HTTP/1.1\r\nIf-None-Match: *\r\n",
                "GET /s/ten.txt HTTP/1.1\r\nIf-Match: \"x\"\r\n",
                "GET /s/ten.txt HTTP/1.1\r\nRange: bytes=1-2\r\n",
                "GET /s/ten.txt HTTP/1.1\r\nRange: bytes=99-\r\n",
                "GET /s/large.bin HTTP/1.1\r\nRange: bytes=0-0,200000-210000\r\n",
                "GET /m/empty.txt HTTP/1.1\r\n",
                "GET /dir HTTP/1.1\r\n",
                "POST /s/ten.txt HTTP/1.1\r\nContent-Length: 0\r\n",
                "GET /m/ten.txt HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")) {
            try (RawHttp http = new RawHttp(port())) {
                String end = first.contains("\r\n\r\n") ? "" : "Host: x\r\n\r\n";
                http.send(
                        (first.contains("hello") ? first.replaceFirst("\r\n", "\r\nHost: x\r\n") : first) + end + LAST);
                http.read(first.startsWith("HEAD"));
                assertThat(http.read(false).body()).as(first).isEqualTo("0123456789");
            }
        }
    }

    @Test
    void answersHttp10() {
        Answer answer = RawHttp.exchange(port(), "GET /s/ten.txt HTTP/1.0\r\n\r\n");
        assertThat(answer.body()).isEqualTo("0123456789");
        assertThat(answer.header("Content-Length")).isEqualTo("10");
    }

    @Test
    void leavesQueryThatIsNotAsciiOutOfRedirects() {
        Answer answer = send("GET", "/dir?a=\u00e9", "");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).isEqualTo("/dir/");
    }
}
