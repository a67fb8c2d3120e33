package io.betrue.commands.hub.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.hub.Audience;
import io.betrue.commands.hub.Client;
import io.betrue.commands.hub.Joined;
import io.betrue.commands.hub.Node;
import io.betrue.commands.hub.Position;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hubs do when their NATS server goes away and comes back, with its messages and without. */
class NatsOutageIT {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final Duration POLL = Duration.ofMillis(20);

    private final NatsNode server = NatsNode.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(server));

    private Node node(boolean onDisk) throws Exception {
        Connection connection = Nats.connect(Options.builder()
                .server(server.url())
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .build());
        NatsBroadcaster broadcaster = NatsBroadcaster.of(connection, n -> {
            if (onDisk) {
                n.onDisk();
            }
        });
        Node node = new Node(broadcaster);
        open.addAll(0, List.of(node, broadcaster, connection));
        return node;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static void say(Node node, Object data) {
        long until = System.nanoTime() + PATIENCE;
        while (!node.hub
                .send(Audience.room("r"), "said", data)
                .handle((done, failure) -> failure == null)
                .toCompletableFuture()
                .join()) {
            assertThat(System.nanoTime()).as("NATS is back").isLessThan(until);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean isEvent(JsonNode frame, String data) {
        return frame.path("data").asText().equals(data);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recoversFromARestartOrSaysThatItCannot(boolean onDisk) throws Exception {
        Node here = node(onDisk);
        Node there = node(onDisk);
        Client anna = here.client("anna");
        Joined before = anna.join("r");
        Client otto = there.client("otto");
        otto.join("r");
        IntStream.range(0, 5).forEach(i -> here.say("r", i));
        assertThat(anna.events(5)).containsExactly("0", "1", "2", "3", "4");
        assertThat(otto.events(5)).containsExactly("0", "1", "2", "3", "4");

        server.kill();
        assertThatThrownBy(() -> {
                    while (true) {
                        here.say("r", "lost");
                    }
                })
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE));
        server.startAgain();
        say(there, "back");

        for (Client client : List.of(anna, otto)) {
            // what was sent between the return and the answer that something is missing counts as missing, too
            JsonNode told = client.await(frame -> onDisk ? isEvent(frame, "back") : frame.has("joined"));
            assertThat(told.path("recovered").asBoolean()).isFalse();
        }
        say(there, "end");
        for (Client client : List.of(anna, otto)) {
            JsonNode next = client.next();
            while (isEvent(next, "back") || !next.path("recovered").asBoolean(true)) { // it may be told twice
                next = client.next();
            }
            assertThat(isEvent(next, "end")).as("%s", next).isTrue();
        }
        Joined again = here.client("anna").join("r", new Position(before.offset(), before.epoch()));
        assertThat(again.recovered()).isEqualTo(onDisk);
    }
}
