package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ErrorsPluginSocketHttpTest {
    private static Javalin app;

    @BeforeAll
    static void start() {
        app = FailingApp.start();
    }

    @AfterAll
    static void stop() {
        app.stop();
    }

    @Test
    void closesWithCodeOfProblem() throws Exception {
        assertThat(closeAfter("problem")).isEqualTo(new WebSocketClose(4409, "OUT_OF_STOCK: Only 1 left."));
    }

    @Test
    void tellsNothingUnexpected() throws Exception {
        assertThat(closeAfter("anything")).isEqualTo(new WebSocketClose(1011, "INTERNAL: Internal error"));
    }

    @Test
    void tellsNothingOfErrors() throws Exception {
        WebSocketClose close = closeAfter("error");

        assertThat(close.code()).isEqualTo(1011);
        assertThat(close.reason()).doesNotContain(FailingApp.SECRET, "Error", "java");
    }

    @Test
    void cutsReasonBetweenCharacters() throws Exception {
        String reason = closeAfter("long").reason();

        assertThat(reason).startsWith("OUT_OF_STOCK: жжж").doesNotContain("\ufffd");
        assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(120, 123);
    }

    @Test
    void logsFailureOfHandlerOnce() throws Exception {
        try (LogProbe log = new LogProbe()) {
            closeAfter("anything");

            assertThat(log.atLeast(ch.qos.logback.classic.Level.WARN))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getLevel().toString()).isEqualTo(Level.ERROR.toString());
                        assertThat(event.getFormattedMessage()).contains("WebSocket /ws");
                        assertThat(event.getThrowableProxy().getMessage()).isEqualTo(FailingApp.SECRET);
                    });
        }
    }

    private static WebSocketClose closeAfter(String message) throws Exception {
        CompletableFuture<WebSocketClose> closed = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(new WebSocketClose(code, reason));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void onError(WebSocket socket, Throwable error) {
                closed.completeExceptionally(error);
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + app.port() + "/ws"), listener)
                .get(10, TimeUnit.SECONDS);
        socket.sendText(message, true).get(10, TimeUnit.SECONDS);
        return closed.get(10, TimeUnit.SECONDS);
    }
}
