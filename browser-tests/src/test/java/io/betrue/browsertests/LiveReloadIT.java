package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.staticfiles.MountConfig;
import io.betrue.staticfiles.SecurityHeaders;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that follows its files while somebody works on them, under the strictest policy. */
class LiveReloadIT {
    private static final String PAGE = """
            <!doctype html>
            <link rel="icon" href="/icon.svg">
            <link rel="stylesheet" href="/app.css">
            <script src="/_live/client.js" defer></script>
            <h1>%s</h1>
            """;

    @TempDir
    Path web;

    private Javalin app;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(web.resolve("index.html"), PAGE.formatted("one"));
        Files.writeString(web.resolve("app.css"), "h1 { color: rgb(1, 2, 3) }");
        Files.writeString(web.resolve("icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        app = Javalin.create(config -> config.registerPlugin(
                        new StaticFilesPlugin(files -> files.mount("/", StaticRoot.directory(web), LiveReloadIT::strict)
                                .watch()
                                .liveReload("/_live"))))
                .start("127.0.0.1", 0);
        browser = new Browser();
        browser.open("http://127.0.0.1:" + app.port() + "/");
        browser.awaitText("h1", "one");
        browser.run("window.mark = 'the same page'");
    }

    private static void strict(MountConfig mount) {
        mount.inFront().securityHeaders(SecurityHeaders.STRICT);
    }

    @AfterEach
    void close() {
        browser.close();
        app.stop();
    }

    @Test
    void swapsStyleSheetWithoutReload() throws IOException {
        Files.writeString(web.resolve("app.css"), "h1 { color: rgb(9, 8, 7) }");
        browser.await(any -> browser.run("return getComputedStyle(document.querySelector('h1')).color")
                        .equals("rgb(9, 8, 7)")
                ? true
                : null);
        assertThat(browser.run("return window.mark")).isEqualTo("the same page");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void reloadsPageThatChanged() throws IOException {
        Files.writeString(web.resolve("index.html"), PAGE.formatted("two"));
        browser.awaitText("h1", "two");
        assertThat(browser.run("return window.mark")).isEqualTo("");
        assertThat(browser.complaints()).isEmpty();
    }
}
