package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackHttpTest {
    private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    @TempDir
    private Path folder = Path.of("");

    private @Nullable Javalin app;

    @BeforeEach
    void write() throws IOException {
        for (String file : new String[] {
            "app/index.html",
            "site/index.html",
            "site/404.html",
            "site/blog/404.html",
            "site/blog/post.html",
            "data/a.json"
        }) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "<p>" + file + "</p>");
        }
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.stop();
        }
    }

    private void serve(boolean front, String contextPath) {
        app = Javalin.create(config -> {
                    config.router.contextPath = contextPath;
                    config.routes.get("/app/api/none", ctx -> ctx.status(404).result("mine"));
                    config.routes.post("/app/send", ctx -> ctx.result("sent"));
                    config.registerPlugin(new StaticFilesPlugin(s -> s.mount(
                                    "/", root("site"), mount -> entry(mount.errorPages(), front))
                            .mount("/app", root("app"), mount -> entry(mount.spaFallback("index.html"), front))
                            .mount("/data", root("data"), mount -> entry(mount, front))));
                })
                .start(0);
    }

    @Test
    void statusOfAfterHandlerKeepsTheErrorPage() {
        app = Javalin.create(config -> {
                    config.routes.after(ctx -> ctx.status(410));
                    config.registerPlugin(new StaticFilesPlugin(
                            s -> s.mount("/", root("site"), mount -> entry(mount.errorPages(), false))));
                })
                .start(0);
        Answer answer = Protocols.http1(app.port(), "GET", "/gone", List.of("Accept: text/html"));
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).isEqualTo("<p>site/404.html</p>");
    }

    @Test
    void fallbackIsNothingThatAnotherMethodCouldHaveRead() {
        AtomicReference<Boolean> handles = new AtomicReference<>();
        app = Javalin.create(config -> {
                    config.registerPlugin(new StaticFilesPlugin(
                            s -> s.mount("/", root("site"), mount -> entry(mount.errorPages(), false))));
                    config.routes.before(ctx -> handles.set(config.unsafe.resourceHandler.canHandle(ctx)));
                })
                .start(0);
        Protocols.http1(app.port(), "POST", "/gone", List.of("Accept: text/html"));
        assertThat(handles).hasValue(false);
        Protocols.http1(app.port(), "POST", "/blog/post.html", List.of("Accept: text/html"));
        assertThat(handles).hasValue(true);
    }

    private StaticRoot root(String name) {
        return StaticRoot.directory(folder.resolve(name));
    }

    private static void entry(MountConfig mount, boolean front) {
        if (front) {
            mount.inFront();
        }
    }

    private int port() {
        return app == null ? 0 : app.port();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersWithThePageOfTheApplication(boolean front) {
        serve(front, "/");
        Answer page = RawHttp.get(port(), "/app/orders/17?x=1", BROWSER);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<p>app/index.html</p>");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Vary")).contains("Accept");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(RawHttp.get(port(), "/app/orders", BROWSER, "If-None-Match: " + page.header("ETag"))
                        .status())
                .isEqualTo(304);
        Answer head = RawHttp.exchange(
                port(), "HEAD /app/orders HTTP/1.1\r\nHost: x\r\n" + BROWSER + "\r\nConnection: close\r\n\r\n");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("21");
        assertThat(RawHttp.get(port(), "/app", BROWSER).status()).isEqualTo(301);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesProgramsFilesAndRoutesAlone(boolean front) {
        serve(front, "/");

        assertThat(RawHttp.get(port(), "/app/orders").status()).isEqualTo(404);
        assertThat(RawHttp.get(port(), "/app/orders", "Accept: */*").body()).startsWith("Endpoint GET");
        assertThat(RawHttp.get(port(), "/app/none.js", BROWSER).body()).startsWith("Endpoint GET");
        assertThat(RawHttp.get(port(), "/app/api/none", BROWSER).body()).isEqualTo("mine");
        assertThat(RawHttp.get(port(), "/data/none", BROWSER).body()).startsWith("Endpoint GET");
        assertThat(RawHttp.exchange(
                                port(),
                                "POST /app/orders HTTP/1.1\r\nHost: x\r\n" + BROWSER
                                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersWithTheNearestErrorPage(boolean front) {
        serve(front, "/");
        Answer page = RawHttp.get(port(), "/blog/2026/none.html", BROWSER, "If-None-Match: *", "Range: bytes=0-1");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).isEqualTo("<p>site/blog/404.html</p>");
        assertThat(page.header("ETag")
                        + page.header("Last-Modified")
                        + page.header("Accept-Ranges")
                        + page.header("Content-Range"))
                .isEqualTo("----");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Vary")).contains("Accept");
        assertThat(RawHttp.get(port(), "/none", BROWSER).body()).isEqualTo("<p>site/404.html</p>");
        assertThat(RawHttp.get(port(), "/none", "Accept: application/json").body())
                .doesNotContain("<p>");
        assertThat(RawHttp.get(port(), "/blog/404.html").status()).isEqualTo(200);
        Answer head = RawHttp.exchange(
                port(), "HEAD /none HTTP/1.1\r\nHost: x\r\n" + BROWSER + "\r\nConnection: close\r\n\r\n");
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.header("Content-Length")).isEqualTo("20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/shop/", "shop", "/shop/eu"})
    void worksBelowContextPath(String contextPath) {
        serve(true, contextPath);
        String context = contextPath.equals("/shop/eu") ? contextPath : "/shop";

        assertThat(RawHttp.get(port(), context + "/app/orders", BROWSER).body()).isEqualTo("<p>app/index.html</p>");
        assertThat(RawHttp.get(port(), context + "/blog/none", BROWSER).body()).isEqualTo("<p>site/blog/404.html</p>");
        assertThat(RawHttp.get(port(), context + "/blog/post.html").body()).isEqualTo("<p>site/blog/post.html</p>");
        assertThat(RawHttp.get(port(), context + "/app?a=1").header("Location")).isEqualTo(context + "/app/?a=1");
        assertThat(RawHttp.get(port(), "/app/orders", BROWSER).status()).isEqualTo(404);
        assertThat(RawHttp.get(port(), "/blog/post.html", BROWSER).status()).isEqualTo(404);
    }

    @Test
    void refusesToStartWithoutTheFallbackFile() {
        assertThatThrownBy(() -> Javalin.create(config -> config.registerPlugin(new StaticFilesPlugin(
                        s -> s.mount("/", root("data"), mount -> mount.spaFallback("index.html"))))))
                .isInstanceOf(StaticFilesException.class)
                .hasMessageContaining("index.html");
    }
}
