package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections come, stay and go. */
class WebSocketLifeHttpTest extends DeskFixture {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:PORT, true",
        "https://127.0.0.1:PORT, true",
        "https://app.example.com, true",
        "https://APP.example.com:443, true",
        "http://app.example.com, false",
        "https://app.example.com.evil.org, false",
        "http://127.0.0.1, false",
        "http://127.0.0.1:1, false",
        "null, false",
        "nonsense, false",
    })
    void letsBrowsersConnectFromKnownPagesOnly(String origin, boolean allowed) {
        serve(ws -> ws.origins("https://app.example.com"));
        String real = origin.replace("PORT", Integer.toString(desk.port()));
        if (allowed) {
            Peer.connect(desk.port(), b -> b.header("Origin", real)).close();
        } else {
            refused(403, b -> b.header("Origin", real));
            assertThat(desk.sockets.connections()).isZero();
        }
    }

    private void refused(int status, Consumer<WebSocket.Builder> more) {
        assertThatThrownBy(() -> Peer.connect(desk.port(), more))
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(WebSocketHandshakeException.class))
                .satisfies(e -> assertThat(e.getResponse().statusCode()).isEqualTo(status))
                .satisfies(e -> assertThat(e.getResponse().headers().firstValue("Content-Type"))
                        .contains("application/problem+json"));
    }

    @Test
    void letsPagesOfAnyOriginConnectWhereThatIsWanted() {
        serve(WebSocketCommandsConfig::anyOrigin);
        Peer.connect(desk.port(), b -> b.header("Origin", "https://elsewhere.org"))
                .close();
    }

    @Test
    void refusesConnectionsBeyondItsLimits() throws InterruptedException {
        serve(ws -> ws.connections(10, 2));
        Peer first = Peer.connect(desk.port());
        try (Peer second = Peer.connect(desk.port())) {
            second.awaitMember("hello");
            refused(503, b -> {});
            first.close();
            assertThat(desk.soonHas(1)).isTrue();
            try (Peer third = Peer.connect(desk.port())) {
                third.awaitMember("hello");
            }
        }
    }

    @Test
    void asksSilentClientsAndKeepsThoseThatAnswer() {
        serve(ws -> ws.heartbeat(Duration.ofMillis(100), Duration.ofSeconds(20)));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.awaitMember("ping");
            peer.awaitMember("ping");
            assertThat(peer.call(1, "desk/echo", "1").get("output").asInt()).isEqualTo(1);
        }
    }

    @Test
    void closesClientsThatDoNotAnswer() throws InterruptedException {
        serve(ws -> ws.heartbeat(Duration.ofMillis(100), Duration.ofMillis(300)));
        try (Peer peer = Peer.mute(desk.port())) {
            peer.awaitMember("ping");
            assertThat(peer.closed()).startsWith("4408 REQUEST_TIMEOUT");
            assertThat(desk.soonHas(0)).isTrue();
        }
    }

    @Test
    void answersPings() {
        try (Peer peer = Peer.connect(desk.port())) {
            assertThat(peer.send("{'ping':17}").awaitMember("pong")).hasToString("{\"pong\":17}");
        }
    }

    @Test
    void letsCallsEndBeforeItStops() throws Exception {
        serve(ws -> ws.stop(Duration.ofMillis(50), Duration.ofSeconds(20)));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            desk.begun();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(desk::stop, DeskFixture::aside);
            assertThat(peer.awaitMember("going").at("/going/within").asInt()).isEqualTo(50);
            refused(503, b -> {});
            desk.gate("one").countDown();
            assertThat(peer.answer(1).at("/output/name").asText()).isEqualTo("one");
            assertThat(peer.closed()).startsWith("1001 UNAVAILABLE");
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void answersCallsThatTakeLongerThanTheStop() throws InterruptedException {
        serve(ws -> ws.stop(Duration.ZERO, Duration.ofMillis(100)));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            desk.begun();
            desk.stop();
            assertThat(peer.refusal(1)).isEqualTo("UNAVAILABLE");
            assertThat(peer.closed()).startsWith("1001");
            assertThat(desk.cancelled()).isEqualTo("one");
        }
    }

    @Test
    void stopsAtOnceWhenAllClientsHaveLeft() throws Exception {
        serve(ws -> ws.stop(Duration.ofMinutes(10), Duration.ofMinutes(20)));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.awaitMember("hello");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(desk.sockets::close, DeskFixture::aside);
            peer.awaitMember("going");
            peer.socket().sendClose(1000, "").join();
            stop.get(30, TimeUnit.SECONDS);
        }
    }
}
