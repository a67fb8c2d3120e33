package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest extends LoadedFolder {
    @Test
    void givesEachEncodingItsOwnStrongTag() throws IOException {
        write("a.css", TEXT);
        Entry.Resource first = resource(load(config -> {}), "/a.css");
        Files.setLastModifiedTime(web.resolve("a.css"), FileTime.from(NOW.minusSeconds(1000)));
        Entry.Resource second = resource(load(config -> {}), "/a.css");

        assertThat(first.identity().etag()).matches("\"[0-9a-f]{32}\"");
        assertThat(first.encoded().get(0).etag())
                .matches("\"[0-9a-f]{32}\"")
                .isNotEqualTo(first.identity().etag());
        assertThat(second.identity().etag()).isEqualTo(first.identity().etag());
        assertThat(second.encoded().get(0).etag())
                .isEqualTo(first.encoded().get(0).etag());
    }

    @Test
    void makesTheFieldsOfA200AndA304() throws IOException {
        write("a.css", TEXT);
        Files.setLastModifiedTime(web.resolve("a.css"), FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
        Entry.Resource resource = resource(load(config -> {}), "/a.css");
        Representation gzip = resource.encoded().get(0);

        assertThat(text(gzip.found()))
                .containsExactlyInAnyOrder(
                        "Content-Type: text/css;charset=utf-8",
                        "Content-Length: " + gzip.body().length(),
                        "Content-Encoding: gzip",
                        "ETag: " + gzip.etag(),
                        "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
                        "Vary: Accept-Encoding",
                        "Cache-Control: no-cache",
                        "Accept-Ranges: bytes",
                        "X-Content-Type-Options: nosniff");
        assertThat(text(gzip.notModified()))
                .containsExactlyInAnyOrder(
                        "ETag: " + gzip.etag(),
                        "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
                        "Vary: Accept-Encoding",
                        "Cache-Control: no-cache");
        assertThat(gzip.found()).allMatch(PreEncodedHttpField.class::isInstance);
        assertThat(text(resource.identity().found()))
                .contains("Vary: Accept-Encoding", "Content-Length: " + TEXT.length())
                .noneMatch(field -> field.startsWith("Content-Encoding"));
        assertThat(text(resource.identity().notModified())).contains("Vary: Accept-Encoding");
    }

    @Test
    void neverSaysThatAFileIsFromTheFuture() throws IOException {
        write("future.txt", "x");
        write("ancient.txt", "x");
        Files.setLastModifiedTime(web.resolve("future.txt"), FileTime.from(NOW.plusSeconds(3600)));
        Files.setLastModifiedTime(web.resolve("ancient.txt"), FileTime.from(Instant.EPOCH.minusSeconds(3600)));
        Tree tree = load(config -> {});
        assertThat(resource(tree, "/future.txt").modified()).isEqualTo(NOW);
        assertThat(resource(tree, "/ancient.txt").modified()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void appliesTheLastRuleOfAName() throws IOException {
        write("index.html", "<html>");
        write("img/a.png", "x");
        Tree tree = new Loader(settings(config -> config.mount(
                        "/x",
                        StaticRoot.directory(web),
                        mount -> mount.cacheControl("**", "max-age=1")
                                .cacheControl("/img/**", "max-age=2")
                                .header("*.html", "X-Frame-Options", "DENY")
                                .header("*.html", "Expires", "0")
                                .header("*.png", "X-Content-Type-Options", null))))
                .load(Tree.EMPTY);
        Entry.Resource page = resource(tree, "/x/index.html");
        Entry.Resource image = resource(tree, "/x/img/a.png");
        assertThat(field(page.identity().found(), "Cache-Control")).isEqualTo("max-age=1");
        assertThat(field(page.identity().found(), "X-Frame-Options")).isEqualTo("DENY");
        assertThat(field(page.identity().notModified(), "X-Frame-Options"))
                .as("a browser keeps what the last answer said, also a 304")
                .isEqualTo("DENY");
        assertThat(field(page.identity().notModified(), "Expires")).isEqualTo("0");
        assertThat(field(image.identity().found(), "Cache-Control")).isEqualTo("max-age=2");
        assertThat(field(image.identity().found(), "X-Content-Type-Options")).isNull();
    }
}
