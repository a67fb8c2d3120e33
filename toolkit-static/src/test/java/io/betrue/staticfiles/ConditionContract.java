package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preconditions (RFC 9110, section 13), of files in memory and of streamed ones. */
interface ConditionContract {
    /** Sends a request and reads its answer; {@code ~} separates header lines. */
    Answer send(String method, String target, String headers);

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
    default void weighsConditionsInOrder(String headers, int status) {
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
}
