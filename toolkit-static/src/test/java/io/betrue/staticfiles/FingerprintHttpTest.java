package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintHttpTest {
    @TempDir
    Path web;

    private Javalin app = Javalin.create();

    @AfterEach
    void stop() {
        app.stop();
    }

    @Test
    void servesHashedNamesOfRenderedPageForEver() throws IOException, InterruptedException {
        Files.writeString(
                web.resolve("index.tmpl.html"),
                "<link rel=stylesheet href=\"{{ file('app.css') }}\"><img src=\"a b.png\">");
        Files.writeString(web.resolve("app.css"), "p { background: url('a b.png') }");
        Files.writeString(web.resolve("a b.png"), "x");
        start();

        HttpResponse<String> page = get("/site/index.html");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        Matcher names = Pattern.compile(
                        "<link rel=stylesheet href=\"(/site/app-\\w{10}\\.css)\"><img src=\"(a b-2d711642b7\\.png)\">")
                .matcher(page.body());
        assertThat(names.matches()).as(page.body()).isTrue();

        HttpResponse<String> css = get(names.group(1));
        assertThat(css.body()).isEqualTo("p { background: url('a b-2d711642b7.png') }");
        assertThat(css.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(css.headers().firstValue("Content-Type").orElse("")).startsWith("text/css");
        HttpResponse<String> plain = get("/site/app.css");
        assertThat(plain.body()).isEqualTo(css.body());
        assertThat(plain.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(plain.headers().firstValue("ETag")).isEqualTo(css.headers().firstValue("ETag"));
        assertThat(get("/site/a%20b-2d711642b7.png").body()).isEqualTo("x");
        assertThat(get("/site/a%20b-2d711642b8.png").statusCode()).isEqualTo(404);
        assertThat(get("/site/index.tmpl.html").statusCode()).isEqualTo(404);
        try (var found = Files.list(web)) {
            assertThat(found.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("index.tmpl.html", "app.css", "a b.png");
        }
    }

    private void start() {
        // tag::prints[]
        StaticFilesPlugin plugin =
                new StaticFilesPlugin(files -> files.mount("/site", StaticRoot.directory(web), mount -> {
                    mount.inFront();
                    mount.fingerprints(
                            prints -> prints.rewriteCss().rewriteHtml().keepVersions(3));
                }));
        // end::prints[]
        app = Javalin.create(config -> config.registerPlugin(plugin)).start(0);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
