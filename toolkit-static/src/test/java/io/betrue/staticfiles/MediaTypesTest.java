package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaTypesTest {
    @Test
    void knowsTheTypesOfTheWeb() {
        Map<String, String> types = Map.ofEntries(
                Map.entry("a.html", "text/html;charset=utf-8"),
                Map.entry("a.css", "text/css;charset=utf-8"),
                Map.entry("a.js", "text/javascript;charset=utf-8"),
                Map.entry("a.mjs", "text/javascript;charset=utf-8"),
                Map.entry("a.json", "application/json"),
                Map.entry("a.js.map", "application/json"),
                Map.entry("a.wasm", "application/wasm"),
                Map.entry("a.woff2", "font/woff2"),
                Map.entry("a.avif", "image/avif"),
                Map.entry("a.webp", "image/webp"),
                Map.entry("a.svg", "image/svg+xml;charset=utf-8"),
                Map.entry("site.webmanifest", "application/manifest+json"),
                Map.entry("favicon.ico", "image/vnd.microsoft.icon"),
                Map.entry("a.md", "text/markdown;charset=utf-8"),
                Map.entry("a.xml", "application/xml;charset=utf-8"),
                Map.entry("a.txt", "text/plain;charset=utf-8"),
                Map.entry("a.csv", "text/csv;charset=utf-8"),
                Map.entry("a.pdf", "application/pdf"),
                Map.entry("a.mp4", "video/mp4"),
                Map.entry("a.jpg", "image/jpeg"),
                Map.entry("a.PNG", "image/png"),
                Map.entry("a.css.gz", "application/gzip"),
                Map.entry("a.css.br", "application/brotli"),
                Map.entry("a.unknown", "application/octet-stream"),
                Map.entry("LICENSE", "application/octet-stream"),
                Map.entry("dir.css/LICENSE", "application/octet-stream"));
        types.forEach((path, type) ->
                assertThat(MediaTypes.contentType(path)).as(path).isEqualTo(type));
    }

    @Test
    void compressesTextOnly() {
        assertThat(MediaTypes.isCompressible("a.svg")).isTrue();
        assertThat(MediaTypes.isCompressible("a.json")).isTrue();
        assertThat(MediaTypes.isCompressible("a.webmanifest")).isTrue();
        assertThat(MediaTypes.isCompressible("a.woff2")).isFalse();
        assertThat(MediaTypes.isCompressible("a.png")).isFalse();
        assertThat(MediaTypes.isCompressible("a.css.br")).isFalse();
    }
}
