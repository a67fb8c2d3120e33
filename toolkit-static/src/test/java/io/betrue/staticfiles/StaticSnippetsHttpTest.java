package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the pages show. */
class StaticSnippetsHttpTest {
    private enum Role implements RouteRole {
        STAFF
    }

    @TempDir
    Path folder;

    private Path web;

    @BeforeEach
    void files() throws IOException {
        web = Files.createDirectories(folder.resolve("web"));
        Files.createDirectories(web.resolve("css"));
        Files.createDirectories(web.resolve("img"));
        Files.writeString(
                web.resolve("index.tmpl.html"),
                "<!doctype html><link rel=stylesheet href=\"{{ file('css/app.css') }}\"><p>{{ config('shop') }}</p>");
        Files.writeString(web.resolve("css/app.css"), "body { color: black }");
        Files.writeString(web.resolve("img/logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }

    @Test
    void servesFolder() throws Exception {
        // tag::first[]
        Javalin app = Javalin.create(config -> config.registerPlugin(new StaticFilesPlugin(
                files -> files.value("shop", "Fruit & Co").mount("/", StaticRoot.directory(web)))));
        // end::first[]
        try (Running running = new Running(app)) {
            assertThat(running.get("/").body()).contains("Fruit &amp; Co");
            assertThat(running.get("/css/app.css").body()).isEqualTo("body { color: black }");
        }
    }

    @Test
    void servesSeveralMounts() throws Exception {
        // tag::mounts[]
        VirtualFiles docs = StaticRoot.virtual().file("swagger.json", "{\"openapi\": \"3.1.0\"}");
        StaticFilesPlugin plugin = new StaticFilesPlugin(files -> files.value("shop", "Fruit & Co")
                .mount(
                        "/",
                        StaticRoot.directory(web),
                        mount -> mount.inFront()
                                .fingerprints(prints -> prints.rewriteCss().rewriteHtml())
                                .errorPages()
                                .cacheControl("/img/**", "public, max-age=86400")
                                .securityHeaders(SecurityHeaders.STRICT))
                .mount("/docs", docs)
                .memoryFileLimit(2 << 20));
        // end::mounts[]
        try (Running running = new Running(Javalin.create(config -> config.registerPlugin(plugin)))) {
            HttpResponse<String> page = running.get("/");
            assertThat(page.body()).containsPattern("/css/app-[0-9a-f]+\\.css");
            assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(running.get("/img/logo.svg").headers().firstValue("Cache-Control"))
                    .hasValue("public, max-age=86400");
            assertThat(running.get("/docs/swagger.json").headers().firstValue("Content-Type"))
                    .hasValue("application/json");
            docs.file("swagger.json", "{}");
            plugin.files().reload();
            assertThat(running.get("/docs/swagger.json").body()).isEqualTo("{}");
        }
    }

    @Test
    void guardsMountByRole() throws Exception {
        // tag::roles[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new StaticFilesPlugin(files -> files.value("shop", "")
                    .mount("/staff", StaticRoot.directory(web), mount -> mount.roles(Role.STAFF))));
            config.routes.beforeMatched(ctx -> {
                if (ctx.routeRoles().contains(Role.STAFF) && !"letmein".equals(ctx.header("Authorization"))) {
                    throw new UnauthorizedResponse();
                }
            });
        });
        // end::roles[]
        try (Running running = new Running(app)) {
            assertThat(running.get("/staff/css/app.css").statusCode()).isEqualTo(401);
            assertThat(running.get("/staff/css/app.css", "Authorization", "letmein")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void addsFunction() throws Exception {
        Files.writeString(web.resolve("year.tmpl.txt"), "(c) {{ years(2019) }}");
        // tag::function[]
        StaticFilesPlugin plugin = new StaticFilesPlugin(files -> files.value("shop", "Fruit & Co")
                .function("years", arguments -> arguments.get(0) + " to 2026")
                .mount("/", StaticRoot.directory(web)));
        // end::function[]
        try (Running running = new Running(Javalin.create(config -> config.registerPlugin(plugin)))) {
            assertThat(running.get("/year.txt").body()).isEqualTo("(c) 2019 to 2026");
        }
    }

    @Test
    void watchesFolder() throws Exception {
        // tag::watch[]
        StaticFilesPlugin plugin = new StaticFilesPlugin(files -> files.value("shop", "Fruit & Co")
                .mount("/", StaticRoot.directory(web))
                .watch(watch -> watch.debounce(Duration.ofMillis(50)))
                .liveReload("/_live"));
        // end::watch[]
        try (Running running = new Running(Javalin.create(config -> config.registerPlugin(plugin)))) {
            assertThat(running.get("/_live/client.js").body()).contains("EventSource");
        }
    }

    /** A started application and a client for it. */
    private record Running(Javalin app, HttpClient client) implements AutoCloseable {
        Running(Javalin app) {
            this(app.start(0), HttpClient.newHttpClient());
        }

        HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            app.stop();
        }
    }
}
