package io.betrue.commands.hub.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.hub.Audience;
import io.betrue.commands.hub.Broadcaster;
import io.betrue.commands.hub.Client;
import io.betrue.commands.hub.HistoryLimits;
import io.betrue.commands.hub.HubContractTest;
import io.betrue.commands.hub.Joined;
import io.betrue.commands.hub.Position;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two hubs over a NATS server, each with a connection of its own. */
class NatsHubIT extends HubContractTest {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final String namespace = NATS.namespace();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Broadcaster> broadcasters = new ArrayList<>();

    @Override
    protected Broadcaster broadcaster() {
        Connection nats = connection();
        // tag::broadcaster[]
        Broadcaster broadcaster =
                NatsBroadcaster.of(nats, n -> n.namespace(namespace).limits(LIMITS));
        // end::broadcaster[]
        broadcasters.add(broadcaster);
        return broadcaster;
    }

    private Connection connection() {
        try {
            Connection connection = Nats.connect(
                    Options.builder().server(NATS.url()).maxReconnects(-1).build());
            connections.add(connection);
            return connection;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        stop();
        broadcasters.forEach(Broadcaster::close);
        Connection last = connections.get(connections.size() - 1);
        last.jetStreamManagement().deleteStream(namespace + "-rooms");
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void fetchesWhatDidNotReachANodeByItself() throws Exception {
        Client otto = there.client("otto");
        otto.join("r");
        for (int round = 0; round < 10; round++) {
            int from = round * 15;
            connections.get(1).forceReconnect();
            IntStream.range(from, from + 15).forEach(i -> here.say("r", i));
            assertThat(otto.events(15)).as("round %s", round).isEqualTo(numbers(from, from + 15));
        }
    }

    /** The server does not know it any more, and the client does not know that. */
    @SuppressWarnings("unchecked")
    private void loseSubscription(String room) throws ReflectiveOperationException {
        NatsBroadcaster broadcaster = (NatsBroadcaster) broadcasters.get(1);
        Connection connection = connections.get(1);
        Method unsubscribe = Arrays.stream(connection.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals("sendUnsub"))
                .findFirst()
                .orElseThrow();
        unsubscribe.setAccessible(true);
        for (NatsLink link : broadcaster.links) {
            Field all = link.rooms.getClass().getDeclaredField("subWithDefaultHandlerBySubject");
            all.setAccessible(true);
            Object subscription = ((Map<String, Object>) all.get(link.rooms)).get(broadcaster.subjects.liveRoom(room));
            unsubscribe.invoke(connection, subscription, 0);
        }
    }

    private boolean isHeard(String room) {
        try {
            connections
                    .get(0)
                    .request(((NatsBroadcaster) broadcasters.get(0)).subjects.liveRoom(room), new byte[0])
                    .get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException listened) {
            return true;
        } catch (CancellationException | ExecutionException nobody) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void findsAHoleOfWhichNothingTells() throws ReflectiveOperationException {
        Client otto = there.client("otto");
        otto.join("r");
        here.say("r", 0);
        assertThat(otto.events(1)).isEqualTo(numbers(0, 1));
        loseSubscription("r");
        await(() -> !isHeard("r"));
        IntStream.range(1, 15).forEach(i -> here.say("r", i));
        assertThat(otto.events(14)).isEqualTo(numbers(1, 15));
        await(() -> isHeard("r"));
        here.say("r", 15);
        assertThat(otto.events(1)).isEqualTo(numbers(15, 16));
    }

    @Test
    void pushesToNobodyInSilenceWhileNatsIsAway() throws InterruptedException {
        Consumer<String> push = here.hub.push("said", text -> Audience.room("r"));
        connections.get(0).close();
        refused(StandardError.UNAVAILABLE, () -> push.accept("lost"));
    }

    @Test
    void readsARoomThatIsFullAndGoesOn() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        IntStream.range(0, 450).forEach(i -> here.say("r", i));
        Thread speaker = new Thread(
                () -> IntStream.iterate(450, i -> !enough.get(), i -> i + 1).forEach(i -> here.say("r", i)));
        speaker.start();
        try {
            NatsLink link = ((NatsBroadcaster) broadcasters.get(1))
                    .links.stream().findFirst().orElseThrow();
            for (int i = 0; i < 30; i++) {
                assertThat(link.backlog("r").top()).isPositive();
            }
        } finally {
            enough.set(true);
            speaker.join();
        }
    }

    @Test
    void beginsAnewWhenTheStreamIsGone() throws Exception {
        Client anna = here.client("anna");
        Joined before = anna.join("r");
        IntStream.range(0, 5).forEach(i -> here.say("r", i));
        assertThat(anna.events(5)).isEqualTo(numbers(0, 5));
        connections.get(0).jetStreamManagement().deleteStream(namespace + "-rooms");
        broadcasters.forEach(broadcaster -> ((NatsBroadcaster) broadcaster).doubt());
        JsonNode lost = anna.await(frame -> frame.has("joined"));
        assertThat(lost.path("recovered").asBoolean()).isFalse();
        assertThat(lost.path("epoch").asText()).isNotEqualTo(before.epoch());
        await(() -> here.hub
                .send(Audience.room("r"), "said", "again")
                .handle((done, failure) -> failure == null)
                .toCompletableFuture()
                .join());
        assertThat(anna.await(frame -> frame.has("data")).path("data").asText()).isEqualTo("again");
        assertThat(there.client("otto")
                        .join("r", new Position(before.offset(), before.epoch()))
                        .recovered())
                .isFalse();
    }

    @Test
    void keepsRoomsApartWhoseNamesHaveDots() {
        Client anna = here.client("anna");
        anna.join("a.b");
        there.say("a", 1);
        there.say("a.b", 2);
        there.say("a.b.c", 3);
        here.say("a.b", 4);
        assertThat(anna.events(2)).containsExactly("2", "4");
    }

    @Test
    void refusesAStreamOfSomebodyElse() {
        Connection connection = connection();
        assertThatThrownBy(() -> NatsBroadcaster.of(
                        connection, n -> n.namespace(namespace).onDisk()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(namespace + "-rooms");
        assertThatThrownBy(() -> NatsBroadcaster.of(connection, n -> n.namespace("a.b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bringsTheBoundsUpToDate() throws Exception {
        Connection connection = connection();
        HistoryLimits more = HistoryLimits.of(40, LIMITS.age());
        NatsBroadcaster.of(connection, n -> n.namespace(namespace).limits(more)).close();
        assertThat(connection
                        .jetStreamManagement()
                        .getStreamInfo(namespace + "-rooms")
                        .getConfiguration()
                        .getMaxMsgsPerSubject())
                .isEqualTo(41);
    }
}
