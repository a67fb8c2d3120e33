package io.betrue.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser is told that asks for a page of another gateway. */
class CrossOriginHttpTest {
    private static final String FRIEND = "http://127.0.0.1:8081";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Javalin app = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.registerPlugin(new ErrorsPlugin(errors -> {}));
                config.routes.before("/api/*", new CrossOrigin(Set.of(FRIEND)));
                config.routes.post("/api/good", ctx -> ctx.result("done"));
                config.routes.post("/api/bad", ctx -> {
                    throw StandardError.CONFLICT.problem().toException();
                });
            })
            .start("127.0.0.1", 0);

    @AfterEach
    void stop() {
        app.stop();
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                        .method(method, BodyPublishers.noBody())
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void pagesOfOtherGatewaysMayAsk() throws Exception {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "/api/good",
                "Origin",
                FRIEND,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,traceparent");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue(ALLOWED)).hasValue(FRIEND);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse(""))
                .contains("Authorization", "Content-Type", "Command-Input", "Idempotency-Key", "Traceparent");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void theySeeAnswersAndFailures() throws Exception {
        HttpResponse<String> good = send("POST", "/api/good", "Origin", FRIEND);
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.headers().firstValue(ALLOWED)).hasValue(FRIEND);
        assertThat(good.headers().allValues("Vary")).contains("Origin");
        HttpResponse<String> bad = send("POST", "/api/bad", "Origin", FRIEND);
        assertThat(bad.statusCode()).isEqualTo(409);
        assertThat(bad.headers().firstValue(ALLOWED)).hasValue(FRIEND);
        HttpResponse<String> missing = send("POST", "/api/missing", "Origin", FRIEND);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue(ALLOWED)).hasValue(FRIEND);
    }

    @Test
    void otherPagesSeeNothing() throws Exception {
        for (String stranger : new String[] {"http://127.0.0.1:8082", "https://127.0.0.1:8081", "null"}) {
            HttpResponse<String> answer = send("POST", "/api/good", "Origin", stranger);
            assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
            HttpResponse<String> preflight =
                    send("OPTIONS", "/api/good", "Origin", stranger, "Access-Control-Request-Method", "POST");
            assertThat(preflight.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(preflight.headers().firstValue(ALLOWED)).isEmpty();
        }
    }
}
