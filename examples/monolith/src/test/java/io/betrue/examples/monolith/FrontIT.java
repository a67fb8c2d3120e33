package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for people, out of the packaged application. */
class FrontIT {
    private static final Pattern STYLES = Pattern.compile("href=\"(/css/app-[0-9a-f]+\\.css)\"");

    @TempDir
    Path directory;

    @Test
    void servesPagesOfTheJar() throws Exception {
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of(), "--ephemeral")) {
            HttpResponse<String> page = monolith.get("/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .contains("default-src 'self'");
            assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache");
            Matcher styles = STYLES.matcher(page.body());
            assertThat(styles.find()).isTrue();
            HttpResponse<String> css = monolith.get(styles.group(1));
            assertThat(css.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
            assertThat(css.body()).containsPattern("url\\(\"\\.\\./img/grain-[0-9a-f]+\\.svg\"\\)");
            HttpRequest.Builder browser = HttpRequest.newBuilder().header("Accept", "text/html,*/*;q=0.8");
            HttpResponse<String> missing = monolith.send(browser, "/no/such/page");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).contains("<h1>Not here</h1>");
            assertProblem(monolith.get("/no/such/page"), 404, "NOT_FOUND");
            HttpRequest.Builder post = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody());
            assertProblem(monolith.send(post, "/css/app.css"), 405, "METHOD_NOT_ALLOWED");
        }
    }

    @Test
    void servesAndWatchesFolder() throws Exception {
        Path web = Files.createDirectory(directory.resolve("web"));
        Files.writeString(web.resolve("index.tmpl.html"), "<title>{{ config('title') }}</title>one");
        Map<String, String> settings = Map.of("WEB_DIR", web.toString());
        try (MonolithProcess monolith = MonolithProcess.start(directory, settings, "--ephemeral")) {
            assertThat(monolith.get("/").body()).isEqualTo("<title>be-true wallet</title>one");
            Files.writeString(web.resolve("index.tmpl.html"), "two");
            monolith.awaitOutput("Static files loaded again");
            assertThat(monolith.get("/").body()).isEqualTo("two");
        }
    }

    @Test
    void saysWhatIsWrongWithTheFolder() throws Exception {
        Path web = Files.createDirectory(directory.resolve("web"));
        Files.writeString(web.resolve("index.tmpl.html"), "<p>\n{{ file('css/none.css') }}");
        try (MonolithProcess monolith =
                MonolithProcess.launch(directory, Map.of("WEB_DIR", web.toString()), "--ephemeral")) {
            assertThat(monolith.awaitExit()).isEqualTo(1);
            assertThat(monolith.errors()).contains("index.tmpl.html:2:4", "css/none.css");
        }
    }
}
