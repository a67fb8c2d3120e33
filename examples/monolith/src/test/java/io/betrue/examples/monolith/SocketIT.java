package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands over one WebSocket. */
class SocketIT {
    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(directory, Map.of("WS_ORIGINS", "https://app.example.com"), "--ephemeral");
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    private static WebSocket open(String origin, Inbox inbox) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create(monolith.url().replace("http:", "ws:") + "/ws"), inbox)
                .join();
    }

    @Test
    void callsCommandsOnBehalfOfTheToken() throws Exception {
        User user = User.registered(monolith);
        Inbox inbox = new Inbox();
        WebSocket socket = open("https://app.example.com", inbox);
        assertThat(inbox.next().has("hello")).isTrue();

        String deposit = "{\"currency\": \"EUR\", \"amount\": \"10.50\"}";
        socket.sendText("{\"id\": 1, \"call\": \"ledger/deposit\", \"input\": " + deposit + "}", true)
                .join();
        assertThat(inbox.next().at("/problem/code").asText()).isEqualTo("UNAUTHENTICATED");

        socket.sendText("{\"auth\": \"" + user.token() + "\"}", true).join();
        for (int id = 2; id < 4; id++) { // the second time is a repetition
            socket.sendText(
                            "{\"id\": " + id + ", \"call\": \"ledger/deposit\", \"input\": " + deposit
                                    + ", \"headers\": {\"idempotency-key\": \"salary\"}}",
                            true)
                    .join();
            JsonNode answer = inbox.next();
            assertThat(answer.path("id").asInt()).isEqualTo(id);
            assertThat(answer.at("/output/balance").asText()).isEqualTo("10.50");
        }
        socket.sendText("{\"id\": 4, \"call\": \"ledger/deposit\", \"input\": {\"currency\": \"EUR\"}}", true)
                .join();
        assertThat(inbox.next().at("/problem/errors/0/pointer").asText()).isEqualTo("/amount");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                CompletionException.class, () -> open("https://evil.example.com", new Inbox()))
                        .getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void servesTheClientForBrowsers() throws Exception {
        assertThat(monolith.get("/ws/client.js").body()).contains("export function connect");
    }
}
