package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and when a connection ends for it. */
class WebSocketLimitsHttpTest extends DeskFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | MALFORMED_JSON",
                "' ' | BAD_REQUEST",
                "[] | BAD_REQUEST",
                "{} | BAD_REQUEST",
                "{\"ping\":1} {} | BAD_REQUEST",
                "{\"id\":1} | BAD_REQUEST",
                "{\"what\":1} | BAD_REQUEST",
                "{\"ping\":1,\"pong\":1} | BAD_REQUEST",
                "{\"ping\":1,\"ping\":1} | BAD_REQUEST",
                "{\"ping\":1.5} | BAD_REQUEST",
                "{\"id\":-1,\"call\":\"desk/echo\"} | BAD_REQUEST",
                "{\"id\":9007199254740992,\"call\":\"desk/echo\"} | BAD_REQUEST",
                "{\"id\":99999999999999999999,\"call\":\"desk/echo\"} | BAD_REQUEST",
                "{\"call\":\"desk/echo\"} | BAD_REQUEST",
                "{\"auth\":7} | BAD_REQUEST",
                "{\"auth\":\"a\\nb\"} | BAD_REQUEST",
            })
    void saysWhatIsWrongWithAMessage(String text, String code) {
        try (Peer peer = Peer.connect(desk.port())) {
            JsonNode answer = peer.send(text).awaitMember("problem");
            assertThat(answer.at("/problem/code").asText()).isEqualTo(code);
            assertThat(answer.has("id")).as("no call is known").isEqualTo(text.startsWith("{\"id\":1}"));
            assertThat(peer.call(1, "desk/echo", "1").get("output").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'timeout':0",
                "'timeout':3600001",
                "'timeout':'1'",
                "'headers':[]",
                "'headers':{'a':1}",
                "'headers':{'a':'1','A':'2'}",
                "'cancel':true",
                "'input':{'a'}",
            })
    void saysWhatIsWrongWithACall(String member) {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':5,'call':'desk/echo'," + member + "}");
            assertThat(peer.refusal(5)).isIn("BAD_REQUEST", "MALFORMED_JSON");
        }
    }

    @Test
    void refusesTwoCallsOfOneNumberAtATime() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            desk.begun();
            peer.send("{'id':1,'call':'desk/echo'}");
            JsonNode refusal = peer.awaitMember("problem");
            assertThat(refusal.has("id"))
                    .as("nobody takes it for the answer of the first")
                    .isFalse();
            desk.gate("one").countDown();
            assertThat(peer.answer(1).at("/output/name").asText()).isEqualTo("one");
        }
    }

    @Test
    void closesAConnectionOfTooManyMistakes() {
        try (Peer peer = Peer.connect(desk.port())) {
            IntStream.range(0, 11).forEach(i -> peer.send("nonsense"));
            assertThat(peer.closed()).startsWith("4400 MALFORMED_JSON");
        }
    }

    @Test
    void closesAConnectionThatSendsBytes() {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
            assertThat(peer.closed()).startsWith("4415 UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @Test
    void closesAConnectionOfATooLargeMessage() {
        serve(ws -> ws.maxMessage(2_000));
        try (Peer peer = Peer.connect(desk.port())) {
            String fits = "{'id':1,'call':'desk/echo','input':'";
            peer.send(fits + "x".repeat(2_000 - fits.length() - 2) + "'}");
            peer.answer(1);
            peer.send(fits + "x".repeat(2_001 - fits.length() - 2) + "'}");
            assertThat(peer.closed()).startsWith("1009");
        }
    }

    @Test
    void boundsMessagesInManyParts() {
        serve(ws -> ws.maxMessage(2_000));
        try (Peer peer = Peer.connect(desk.port())) {
            CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(peer.socket());
            for (int i = 0; i < 3; i++) {
                sent = sent.thenCompose(socket -> socket.sendText("x".repeat(1_000), false));
            }
            assertThat(peer.closed()).startsWith("1009");
        }
    }

    @Test
    void refusesCallsBeyondThoseInFlight() throws InterruptedException {
        serve(ws -> ws.maxCalls(1));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            desk.begun();
            assertThat(peer.call(2, "desk/echo", "1").at("/problem/code").asText())
                    .isEqualTo("RATE_LIMITED");
            desk.gate("one").countDown();
            peer.answer(1);
            assertThat(peer.call(2, "desk/echo", "1").get("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void refusesMessagesThatComeTooFastAndClosesWhenTheyGoOn() {
        serve(ws -> ws.rate(1, 3));
        try (Peer peer = Peer.connect(desk.port())) {
            IntStream.range(1, 5).forEach(id -> peer.send("{'id':" + id + ",'call':'desk/echo'}"));
            IntStream.range(1, 4)
                    .forEach(id -> assertThat(peer.answer(id).has("output")).isTrue());
            assertThat(peer.refusal(4)).isEqualTo("RATE_LIMITED");
            assertThat(peer.isClosed()).isFalse();
            CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(peer.socket());
            for (int i = 0; i < 15; i++) {
                sent = sent.thenCompose(socket -> socket.sendText("{}", true));
            }
            assertThat(peer.closed()).startsWith("4429 RATE_LIMITED");
        }
    }

    @Test
    void cancelsEvenWhenMessagesComeTooFast() throws InterruptedException {
        serve(ws -> ws.rate(1, 1));
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            assertThat(desk.begun()).isEqualTo("one");
            peer.send("{'id':1,'cancel':true}");
            assertThat(desk.cancelled()).isEqualTo("one");
            assertThat(peer.refusal(1)).isEqualTo("CANCELLED");
        }
    }

    @Test
    void refusesAnswersThatAreTooLarge() {
        serve(ws -> ws.maxUnsent(20_000));
        try (Peer peer = Peer.connect(desk.port())) {
            assertThat(peer.call(1, "desk/large", "{'number':30000}")
                            .at("/problem/code")
                            .asText())
                    .isEqualTo("UNIMPLEMENTED");
            assertThat(peer.call(2, "desk/large", "{'number':10000}")
                            .at("/output/name")
                            .asText())
                    .hasSize(10_000);
        }
    }

    @Test
    void closesAClientThatReadsTooSlowly() throws InterruptedException {
        try (Peer peer = Peer.unreading(desk.port())) {
            peer.send("{'id':1,'call':'desk/flood','input':{'number':10000}}");
            assertThat(desk.begun()).isEqualTo("flooded with fewer");
            peer.read();
            assertThat(peer.closed()).startsWith("4008 SLOW_CLIENT");
            assertThat(desk.soonHas(0)).isTrue();
        }
    }

    @Test
    void cutsAClientThatNeverReads() throws InterruptedException {
        try (Peer peer = Peer.unreading(desk.port())) {
            peer.send("{'id':1,'call':'desk/flood','input':{'number':10000}}");
            assertThat(desk.begun()).isEqualTo("flooded with fewer");
            assertThat(desk.soonHas(0)).isTrue();
        }
    }
}
