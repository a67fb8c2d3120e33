package io.betrue.errors;

import static io.betrue.errors.Answers.get;
import static io.betrue.errors.Answers.header;
import static io.betrue.errors.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsPluginHeadersHttpTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static Javalin app;

    @BeforeAll
    static void start() {
        app = FailingApp.start();
    }

    @AfterAll
    static void stop() {
        app.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /only-post, POST",
        "POST, /items/7, 'GET, HEAD, PUT'",
        "OPTIONS, /items/7, 'GET, HEAD, PUT'",
        "HEAD, /only-post, POST"
    })
    void namesAllowedMethods(String method, String path, String allowed) {
        HttpResponse<String> response = Answers.send(app, method, path, "");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(Arrays.asList(header(response, "Allow").split(", ", -1)))
                .containsExactlyInAnyOrder(allowed.split(", ", -1));
    }

    @Test
    void saysWhenToComeBack() {
        assertThat(header(get(app, "/limited"), "Retry-After")).isEqualTo("7");
        assertThat(problem(get(app, "/limited")).retryAfter()).hasSeconds(7);
        assertThat(header(get(app, "/too-many"), "Retry-After")).isEqualTo("5");
        assertThat(header(get(app, "/unavailable"), "Retry-After")).isEqualTo("5");
        assertThat(header(get(app, "/runtime"), "Retry-After")).isEmpty();
    }

    @Test
    void challengesWhoeverIsNotSignedIn() {
        assertThat(header(get(app, "/unauthorized"), "WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/own-challenge", "/send-challenge"})
    void keepsChallengeOfTheApplication(String path) {
        HttpResponse<String> response = get(app, path);

        assertThat(problem(response).code()).isEqualTo(StandardError.UNAUTHENTICATED);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Basic realm=\"x\"");
        assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void namesGetWhereAnotherMethodWouldOpenWebSocket() {
        HttpResponse<String> response = Answers.send(app, "POST", "/ws", "", "Sec-WebSocket-Version", "13");

        assertThat(problem(response).code()).isEqualTo(StandardError.METHOD_NOT_ALLOWED);
        assertThat(header(response, "Allow")).isEqualTo("GET");
    }

    @Test
    void offersWebSocketOnlyWhereThereIsOne() {
        RawHttp.Response socket = RawHttp.exchange(app.port(), "GET /ws HTTP/1.1\r\nHost: x\r\n\r\n");
        RawHttp.Response other = RawHttp.exchange(app.port(), "GET /status?s=426 HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(socket.headers()).contains("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13");
        assertThat(other.status()).isEqualTo(426);
        assertThat(other.header("Upgrade")).isEmpty();
        assertThat(other.header("Sec-WebSocket-Version")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/send-error"})
    void readsAllLinesOfLanguages(String path) {
        RawHttp.Response response = RawHttp.exchange(
                app.port(),
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Language: de\r\nAccept-Language: ru\r\n\r\n");

        assertThat(response.header("Content-Language")).hasValue("ru");
    }

    @Test
    void isNeverNotModified() {
        Javalin tagging = FailingApp.start(config -> config.http.generateEtags = true);
        try {
            HttpResponse<String> response = get(tagging, "/problem");

            assertThat(response.headers().firstValue("ETag")).isEmpty();
            assertThat(get(tagging, "/ok").headers().firstValue("ETag")).isPresent();
        } finally {
            tagging.stop();
        }
    }

    @Test
    void speaksTheLanguageAskedFor() {
        HttpResponse<String> russian = get(app, "/nowhere", "Accept-Language", "de, ru;q=0.8, en;q=0.5");

        assertThat(header(russian, "Content-Language")).isEqualTo("ru");
        assertThat(problem(russian).title()).matches("[\\p{IsCyrillic} ]+");
        assertThat(problem(russian).code()).isEqualTo(StandardError.NOT_FOUND);
        assertThat(header(russian, "Vary")).isEqualTo("Accept, Accept-Language");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*",
                "application/json",
                "application/problem+json",
                "application/json, text/html",
                "text/html;q=0.5, application/json",
                "text/html;q=0.5, */*",
                "text/html;q=0",
                "text/plain",
                "image/png",
                "text/html;q=nonsense;q=0, application/json",
                ";;;,,,"
            })
    void answersWithProblemWhateverProgramAccepts(String accept) {
        assertThat(problem(get(app, "/problem", "Accept", accept)).code()).isEqualTo(FailingApp.ShopError.OUT_OF_STOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {BROWSER, "text/html", "TEXT/HTML;q=0.9, application/json;q=0.8"})
    void answersWithPageForBrowser(String accept) {
        HttpResponse<String> response = get(app, "/problem", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(header(response, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(response.body()).contains("<h1>Out of stock</h1>", "Only 3 left.", "/errors/OUT_OF_STOCK");
    }

    @Test
    void escapesWhatUserSentOnPage() {
        String body = get(app, "/echo?q=%3Cscript%3Ealert(1)%3C/script%3E%22'%26", "Accept", BROWSER)
                .body();

        assertThat(body).doesNotContain("<script>").contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    }

    @Test
    void showsNothingUnexpectedOnPage() {
        assertThat(get(app, "/runtime", "Accept", BROWSER).body())
                .contains("Internal error", "Trace <code>")
                .doesNotContain(FailingApp.SECRET, "Exception");
    }

    @Test
    void listsFieldErrorsOnPage() {
        assertThat(get(app, "/pages?page=x", "Accept", BROWSER).body())
                .contains("<li>query <code>page</code>: WRONG_TYPE</li>");
    }

    @Test
    void answersHeadLikeGetWithoutBody() {
        HttpResponse<String> whole = get(app, "/nowhere");
        HttpResponse<String> head = Answers.send(app, "HEAD", "/nowhere", "");

        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("" + whole.body().length());
        assertThat(header(head, "Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
    }

    @Test
    void dropsHeadersOfTheBodyThatIsNotSent() {
        HttpResponse<String> response = get(app, "/stale");

        assertThat(problem(response).code()).isEqualTo(FailingApp.ShopError.OUT_OF_STOCK);
        assertThat(header(response, "ETag")).isEmpty();
        assertThat(header(response, "Content-Encoding")).isEmpty();
        assertThat(header(response, "X-Mine")).isEqualTo("kept");
        assertThat(response.headers().allValues("Vary")).containsExactly("Origin", "Accept, Accept-Language");
        assertThat(header(response, "Set-Cookie")).startsWith("mine=kept");
    }

    @Test
    void keepsRedirectsAsTheyAre() {
        HttpResponse<String> response = get(app, "/redirect");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void keepsWordsAndDetailsOfClientErrors() {
        Problem problem = problem(get(app, "/forbidden"));

        assertThat(problem.detail()).isEqualTo("not yours");
        assertThat(problem.extensions().get("details")).isEqualTo(java.util.Map.of("k\"ey", "v"));
    }
}
