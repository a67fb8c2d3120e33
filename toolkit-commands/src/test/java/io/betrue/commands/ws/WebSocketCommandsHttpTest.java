package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.StandardError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over a real WebSocket, their credentials, and how they are cancelled. */
class WebSocketCommandsHttpTest extends DeskFixture {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void saysItsLimitsFirst() {
        try (Peer peer = Peer.connect(desk.port())) {
            JsonNode hello = peer.awaitMember("hello").get("hello");
            assertThat(hello)
                    .hasToString(
                            "{\"protocol\":1,\"maxMessage\":65536,\"maxCalls\":64,\"heartbeat\":25000,\"patience\":8000}");
        }
    }

    @Test
    void answersACall() {
        try (Peer peer = Peer.connect(desk.port())) {
            assertThat(peer.call(7, "desk/echo", "{'a':[1,2.5,'é']}"))
                    .hasToString("{\"id\":7,\"status\":200,\"output\":{\"a\":[1,2.5,\"é\"]}}");
            assertThat(peer.call(0, "desk/echo", " [ ] ").get("output")).hasToString("[]");
            assertThat(peer.call(0, "desk/echo", "-12").get("output")).hasToString("-12");
            assertThat(peer.call(0, "desk/echo", "'x'").get("output")).hasToString("\"x\"");
            assertThat(peer.send("{'call':'desk/echo','id':1}").answer(1).get("output"))
                    .hasToString("{}");
        }
    }

    @Test
    void answersWithStatusAndHeaders() {
        try (Peer peer = Peer.connect(desk.port())) {
            assertThat(peer.call(1, "desk/made", "{}"))
                    .hasToString(
                            "{\"id\":1,\"status\":201,\"output\":{\"name\":\"it\"},\"headers\":{\"location\":\"/it\"}}");
        }
    }

    @Test
    void answersEachCallWhenItIsDone() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'first'}}");
            peer.send("{'id':2,'call':'desk/wait','input':{'name':'second'}}");
            desk.begun();
            desk.begun();
            desk.gate("second").countDown();
            assertThat(peer.awaitMember("id").get("id").asInt()).isEqualTo(2);
            desk.gate("first").countDown();
            assertThat(peer.awaitMember("id").get("id").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "desk/unknown, {}, NOT_FOUND, 404",
        "desk/hidden, {}, NOT_FOUND, 404",
        "desk/who, {}, UNAUTHENTICATED, 401",
        "desk/wait, {'wrong':1}, VALIDATION_FAILED, 422",
        "desk/wait, '{\"name\":1,\"name\":2}', MALFORMED_JSON, 400",
        "desk/broken, {}, INTERNAL, 500",
        "desk/download, {}, UNIMPLEMENTED, 501",
    })
    void answersWithTheProblem(String address, String input, String code, int status) {
        try (Peer peer = Peer.connect(desk.port())) {
            JsonNode problem = peer.call(3, address, input).get("problem");
            assertThat(problem.get("code").asText()).isEqualTo(code);
            assertThat(problem.get("status").asInt()).isEqualTo(status);
            assertThat(problem.toString()).doesNotContain("secret");
            assertThat(desk.downloaded).isFalse();
        }
    }

    @Test
    void saysProblemsInTheWordsOfTheCatalogueAndTheLanguageOfTheCaller() {
        try (Peer peer = Peer.connect(desk.port(), b -> b.header("Accept-Language", "ru"))) {
            JsonNode russian = peer.call(1, "desk/unknown", "{}").get("problem");
            assertThat(russian.get("title").asText()).isEqualTo(title("ru"));
            peer.send("{'id':2,'call':'desk/unknown','headers':{'accept-language':'en'}}");
            JsonNode english = peer.answer(2).get("problem");
            assertThat(english.get("title").asText()).isEqualTo(title("en")).isNotEqualTo(title("ru"));
            JsonNode problem = peer.call(3, "desk/wait", "{'name':''}").get("problem");
            assertThat(problem.at("/errors/0/detail").asText()).isEqualTo("недопустимое значение");
        }
    }

    private static String title(String language) {
        return ErrorCatalogue.of()
                .localise(StandardError.NOT_FOUND.problem().build(), language)
                .problem()
                .title();
    }

    @Test
    void readsInputsUnderTheLimitsOfEveryTransport() {
        try (Peer peer = Peer.connect(desk.port())) {
            String deep = "[".repeat(300) + "]".repeat(300);
            peer.send("{'id':1,'call':'desk/echo','input':" + deep + "}");
            assertThat(peer.refusal(1)).isEqualTo("MALFORMED_JSON");
            peer.send("{'id':2,'call':'desk/echo','input':" + "9".repeat(500) + "}");
            assertThat(peer.refusal(2)).isEqualTo("MALFORMED_JSON");
        }
    }

    @Test
    void handlersSendEventsToTheirCaller() {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/flood','input':{'number':2}}");
            assertThat(peer.awaitMember("event").get("data").asText()).hasSize(16 << 10);
            peer.awaitMember("event");
            assertThat(peer.answer(1).at("/output/number").asInt()).isEqualTo(2);
        }
    }

    @Test
    void carriesTheTraceOfEachCall() {
        try (Peer peer = Peer.connect(desk.port())) {
            String other = TRACE.replace('0', '1');
            peer.send("{'id':1,'call':'desk/who','headers':{'traceparent':'00-" + TRACE + "-b7ad6b7169203331-01'}}");
            peer.send("{'id':2,'call':'desk/who','headers':{'Traceparent':'00-" + other + "-b7ad6b7169203331-01'}}");
            assertThat(peer.answer(1).at("/problem/traceId").asText()).isEqualTo(TRACE);
            assertThat(peer.answer(2).at("/problem/traceId").asText()).isEqualTo(other);
        }
    }

    @Test
    void passesOnlyHeadersOnThatMeanSomething() {
        serve(ws -> ws.headers("X-Shop"));
        try (Peer peer =
                Peer.connect(desk.port(), b -> b.header("Cookie", "a=b").header("Accept-Language", "ru"))) {
            peer.send("{'id':1,'call':'desk/seen','headers':{'Idempotency-Key':'k','x-shop':'s','x-other':'o',"
                    + "'cookie':'c','timeout-ms':'1'}}");
            assertThat(peer.answer(1).get("output"))
                    .hasToString("{\"accept-language\":\"ru\",\"idempotency-key\":\"k\",\"x-shop\":\"s\"}");
            peer.send("{'id':2,'call':'desk/seen','headers':{'idempotency-key':'" + "k".repeat(9_000) + "'}}");
            assertThat(peer.refusal(2)).isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void endsACallThatTakesTooLong() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'late'},'timeout':500}");
            assertThat(peer.refusal(1)).isEqualTo("DEADLINE_EXCEEDED");
            assertThat(desk.cancelled()).isEqualTo("late");
        }
    }

    @Test
    void takesTheCredentialFromAMessageAndRenewsIt() {
        try (Peer peer = Peer.connect(desk.port())) {
            assertThat(peer.send("{'id':1,'call':'desk/who'}").refusal(1)).isEqualTo("UNAUTHENTICATED");
            peer.send("{'auth':'anna'}");
            assertThat(peer.call(2, "desk/who", "{}").at("/output/name").asText())
                    .isEqualTo("anna by websocket true");
            desk.tokens.remove("anna"); // it has expired
            assertThat(peer.send("{'id':3,'call':'desk/who'}").refusal(3)).isEqualTo("UNAUTHENTICATED");
            desk.tokens.add("anna2");
            peer.send("{'auth':'anna2'}");
            assertThat(peer.call(4, "desk/who", "{}").at("/output/name").asText())
                    .startsWith("anna2");
            peer.send("{'auth':null}");
            assertThat(peer.send("{'id':5,'call':'desk/who'}").refusal(5)).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void takesTheCredentialFromTheUpgradeToo() {
        try (Peer peer = Peer.connect(desk.port(), b -> b.header("Authorization", "Bearer anna"))) {
            assertThat(peer.call(1, "desk/who", "{}").at("/output/name").asText())
                    .startsWith("anna");
        }
        try (Peer peer = Peer.connect(desk.port(), b -> b.subprotocols("betrue", "bearer.anna"))) {
            assertThat(peer.socket().getSubprotocol()).isEqualTo("betrue");
            assertThat(peer.call(1, "desk/who", "{}").at("/output/name").asText())
                    .startsWith("anna");
        }
    }

    @Test
    void takesNoCredentialFromTheUrl() {
        try (Peer peer = Peer.connectTo(desk.port(), "/ws?auth=anna&token=anna&access_token=anna")) {
            assertThat(peer.send("{'id':1,'call':'desk/who'}").refusal(1)).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void tellsTheHandlerThatTheClientGaveUp() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            assertThat(desk.begun()).isEqualTo("one");
            peer.send("{'id':1,'cancel':true}");
            assertThat(desk.cancelled()).isEqualTo("one");
            assertThat(peer.refusal(1)).isEqualTo("CANCELLED");
            peer.send("{'id':1,'cancel':true}");
            assertThat(peer.call(1, "desk/echo", "1").get("output").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheHandlerThatTheClientIsGone(boolean properly) throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.send("{'id':1,'call':'desk/wait','input':{'name':'one'}}");
            assertThat(desk.begun()).isEqualTo("one");
            if (properly) {
                peer.socket().sendClose(1000, "").join();
            } else {
                peer.socket().abort();
            }
            assertThat(desk.cancelled()).isEqualTo("one");
            assertThat(desk.soonHas(0)).isTrue();
        }
    }
}
