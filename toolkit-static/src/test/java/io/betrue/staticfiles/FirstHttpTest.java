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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstHttpTest {
    @Test
    void servesFileInFront(@TempDir Path web) throws IOException, InterruptedException {
        Files.writeString(web.resolve("a.txt"), "hello");
        Javalin app = Javalin.create(config -> config.registerPlugin(
                        new StaticFilesPlugin(s -> s.mount("/", StaticRoot.directory(web), MountConfig::inFront))))
                .start(0);
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/a.txt"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("hello");
        } finally {
            app.stop();
        }
    }
}
