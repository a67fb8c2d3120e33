package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content codings (RFC 9110, section 12.5.3), and what is compared once one is chosen. */
interface CodingContract {
    /** Sends a request and reads its answer; {@code ~} separates header lines. */
    Answer send(String method, String target, String headers);

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
    default void choosesCoding(String file, String accept, String coding) {
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
    default void comparesTheChosenRepresentation(String headers, int status, String etag) {
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
}
