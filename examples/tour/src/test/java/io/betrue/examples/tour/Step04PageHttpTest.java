package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.staticfiles.SecurityHeaders;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import io.javalin.Javalin;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Step04PageHttpTest {
    @Test
    void servesAPage(@TempDir Path web) throws Exception {
        Files.writeString(web.resolve("index.tmpl.html"), "<!doctype html><h1>{{ config('title') }}</h1>");
        // tag::app[]
        Javalin app = Javalin.create(config -> config.registerPlugin(new StaticFilesPlugin(files -> files.value(
                        "title", "Visitors") // index.tmpl.html: <h1>{{ config('title') }}</h1>
                .mount("/", StaticRoot.directory(web), mount -> mount.securityHeaders(SecurityHeaders.STRICT)))));
        // end::app[]
        try (Running running = new Running(app)) {
            HttpResponse<String> page = running.get("/");
            assertThat(page.body()).contains("<h1>Visitors</h1>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'self'");
        }
    }
}
