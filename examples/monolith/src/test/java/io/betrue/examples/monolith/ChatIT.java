package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who talk: commands over HTTP, and what they are told over a WebSocket. */
class ChatIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(directory, Map.of("RESPONSE_CHECK", "fail"), "--ephemeral");
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    /** A connection of somebody who is signed in. */
    private static final class Line implements AutoCloseable {
        private final Inbox inbox = new Inbox();
        private final WebSocket socket;

        Line(User user) throws Exception {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(monolith.url().replace("http:", "ws:") + "/ws"), inbox)
                    .join();
            send("{\"auth\": \"" + user.token() + "\"}");
        }

        private void send(String message) {
            socket.sendText(message, true).join();
        }

        private void ask(String room, String since) {
            send("{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"chat/" + room + "\"" + since + "}}");
        }

        /** Enters a room; {@return what stands before the messages that were missed, and perhaps before the answer} */
        JsonNode enter(String room, String since) throws Exception {
            ask(room, since);
            return told("_hub/joined");
        }

        /** {@return the code with which a room stays shut} */
        String refusal(String room) throws Exception {
            ask(room, "");
            return inbox.next(message -> message.path("id").asInt() == 1)
                    .at("/problem/code")
                    .asText();
        }

        JsonNode told(String event) throws Exception {
            return inbox.next(message -> message.path("event").asText().equals(event));
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static String id(User user) throws Exception {
        byte[] claims = Base64.getUrlDecoder().decode(user.token().split("[.]", -1)[1]);
        return JSON.readTree(claims).get("sub").asText();
    }

    private static String roomOf(User owner, User guest) throws Exception {
        String room = owner.ask("chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        owner.ask("chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + id(guest) + "\"}");
        return room;
    }

    private static JsonNode say(User user, String room, String text) throws Exception {
        return user.ask("chat/send", "{\"roomId\": \"" + room + "\", \"text\": \"" + text + "\"}");
    }

    @Test
    void whatIsSaidIsToldToWhoListens() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        String room = roomOf(anna, otto);
        try (Line line = new Line(otto)) {
            line.enter(room, "");
            JsonNode said = say(anna, room, "hello");
            assertThat(line.told("chat/said").get("data")).isEqualTo(said);
        }
        assertThat(otto.ask("chat/rooms", "{}").at("/rooms/0/unread").asInt()).isEqualTo(1);
        assertThat(otto.ask("chat/history", "{\"roomId\": \"" + room + "\"}")
                        .at("/messages/0/text")
                        .asText())
                .isEqualTo("hello");
    }

    @Test
    void whoWasAwayGetsWhatWasMissedOnce() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        String room = roomOf(anna, otto);
        JsonNode last;
        try (Line line = new Line(otto)) {
            line.enter(room, "");
            say(anna, room, "one");
            last = line.told("chat/said");
        }
        say(anna, room, "two");
        say(anna, room, "three");
        String since = ", \"since\": {\"offset\": " + last.get("offset") + ", \"epoch\": " + last.get("epoch") + "}";
        try (Line line = new Line(otto)) {
            assertThat(line.enter(room, since).get("recovered").asBoolean()).isTrue();
            say(anna, room, "four");
            List<String> texts = new ArrayList<>();
            while (!texts.contains("four")) {
                texts.add(line.told("chat/said").at("/data/text").asText());
            }
            assertThat(texts).containsExactly("two", "three", "four");
        }
    }

    @Test
    void nobodyListensToARoomOfOthers() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        String room = roomOf(anna, otto);
        try (Line stranger = new Line(User.registered(monolith));
                Line line = new Line(otto)) {
            for (String other : List.of(room, room.toUpperCase(Locale.ROOT), "nonsense")) {
                assertThat(stranger.refusal(other)).isEqualTo("ROOM_NOT_FOUND");
            }
            line.enter(room, "");
            otto.ask("chat/leave", "{\"roomId\": \"" + room + "\"}");
            assertThat(line.told("_hub/left").get("left").asText()).isEqualTo("chat/" + room);
        }
    }

    @Test
    void whoIsInvitedIsTold() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        try (Line line = new Line(otto)) {
            line.send("{\"id\": 2, \"call\": \"_hub/connect\", \"input\": {}}");
            line.inbox.next(message -> message.path("id").asInt() == 2);
            String room = roomOf(anna, otto);
            assertThat(line.told("chat/membership").at("/data/roomId").asText()).isEqualTo(room);
        }
    }

    @Test
    void admissionIsNoCommandForCallersFromOutside() throws Exception {
        User anna = User.registered(monolith);
        String room = roomOf(anna, User.registered(monolith));
        assertThat(anna.post("chat/admit", "{\"roomId\": \"" + room + "\"}").statusCode())
                .isEqualTo(404);
    }
}
