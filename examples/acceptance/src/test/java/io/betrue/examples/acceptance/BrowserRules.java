package io.betrue.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What keeps pages of others from using somebody's browser against an application, at one of its addresses. */
final class BrowserRules {
    private static final String STRANGER = "https://evil.example.com";

    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    BrowserRules(String url) {
        this.url = url;
    }

    Stream<DynamicTest> tests() {
        return Stream.of(
                dynamicTest("sets no cookies, so there is nothing to ride on", this::setsNoCookies),
                dynamicTest("runs no script and no style that stands in a page", this::runsNothingInline),
                dynamicTest("shows answers as nothing but what they are", this::showsAnswersAsTheyAre),
                dynamicTest("opens no socket for pages of others", this::opensNoSocketForStrangers),
                dynamicTest("lets pages of others read nothing", this::letsStrangersReadNothing),
                dynamicTest("says nothing of what it is made of", this::saysNothingOfItself),
                dynamicTest("does not send back what it was sent", this::doesNotTrace));
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private List<HttpResponse<String>> some() throws Exception {
        return List.of(
                send("GET", "/", "Accept", "text/html"),
                send("GET", "/docs"),
                send("GET", "/nonsense"),
                send("GET", "/health/ready"),
                send("POST", "/api/ledger/balance"),
                send("POST", "/api/accounts/sign-in", "Content-Type", "application/json"));
    }

    private void setsNoCookies() throws Exception {
        for (HttpResponse<String> response : some()) {
            assertThat(response.headers().map()).as("%s", response).doesNotContainKey("set-cookie");
        }
    }

    private void runsNothingInline() throws Exception {
        HttpResponse<String> page = send("GET", "/", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "*");
    }

    private void showsAnswersAsTheyAre() throws Exception {
        for (HttpResponse<String> response : some()) {
            assertThat(response.headers().firstValue("X-Content-Type-Options"))
                    .as("%s", response)
                    .hasValue("nosniff");
        }
        HttpResponse<String> refusal = send("POST", "/api/ledger/balance");
        assertThat(refusal.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(refusal.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    private void opensNoSocketForStrangers() {
        assertThatThrownBy(() -> open(STRANGER))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
        open(url).abort();
    }

    private WebSocket open(String origin) {
        return client.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/ws"), new WebSocket.Listener() {})
                .join();
    }

    private void letsStrangersReadNothing() throws Exception {
        HttpResponse<String> asked = send(
                "OPTIONS",
                "/api/ledger/balance",
                "Origin",
                STRANGER,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(send("POST", "/api/ledger/balance", "Origin", STRANGER)
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
    }

    private void saysNothingOfItself() throws Exception {
        for (HttpResponse<String> response : some()) {
            assertThat(response.headers().map()).as("%s", response).doesNotContainKeys("server", "x-powered-by");
            assertThat(response.body()).doesNotContain("Exception", "\tat ", "org.eclipse.jetty");
        }
    }

    private void doesNotTrace() throws Exception {
        HttpResponse<String> response = send("TRACE", "/", "X-Secret", "staple");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).doesNotContain("staple");
    }
}
