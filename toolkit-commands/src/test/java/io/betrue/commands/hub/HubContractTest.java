package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.Principal;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two hubs do, whatever joins them. */
public abstract class HubContractTest {
    protected static final HistoryLimits LIMITS = HistoryLimits.of(400, Duration.ofMinutes(5));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    protected Node here;
    protected Node there;

    /** {@return a broadcaster for one node, joined to those that were made before in this test} */
    protected abstract Broadcaster broadcaster();

    @BeforeEach
    void start() {
        here = new Node(broadcaster());
        there = new Node(broadcaster());
        await(() -> here.hub.others().equals(Set.of(there.hub.node()))
                && there.hub.others().equals(Set.of(here.hub.node())));
    }

    @AfterEach
    protected void stop() {
        here.close();
        there.close();
    }

    protected static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within %s", PATIENCE).isLessThan(until);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    protected static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    protected static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void sendsToARoomOnAllNodes() {
        Client anna = here.client("anna");
        Client otto = there.client("otto");
        anna.join("r");
        otto.join("r");
        here.say("r", "hello");
        JsonNode frame = otto.next();
        assertThat(frame.path("event").asText()).isEqualTo("said");
        assertThat(frame.path("room").asText()).isEqualTo("r");
        assertThat(frame.path("data").asText()).isEqualTo("hello");
        assertThat(anna.next()).isEqualTo(frame);
        assertThat(frame.path("offset").asLong()).isPositive();
    }

    @Test
    void givesARoomOneOrderForAll() throws InterruptedException {
        Client anna = here.client("anna");
        Client otto = there.client("otto");
        anna.join("r");
        otto.join("r");
        int each = 200;
        CountDownLatch done = new CountDownLatch(2);
        for (Node node : List.of(here, there)) {
            new Thread(() -> {
                        IntStream.range(0, each)
                                .mapToObj(i -> node.hub.send(Audience.room("r"), "said", node.hub.node() + ' ' + i))
                                .toList()
                                .forEach(sent -> sent.toCompletableFuture().join());
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        List<JsonNode> seen = Stream.generate(anna::next).limit(2L * each).toList();
        assertThat(Stream.generate(otto::next).limit(2L * each)).isEqualTo(seen);
        assertThat(seen.stream().map(frame -> frame.path("offset").asLong()))
                .isSorted()
                .doesNotHaveDuplicates();
        for (Node node : List.of(here, there)) {
            assertThat(seen.stream()
                            .map(frame -> frame.path("data").asText())
                            .filter(data -> data.startsWith(node.hub.node())))
                    .isEqualTo(IntStream.range(0, each)
                            .mapToObj(i -> node.hub.node() + ' ' + i)
                            .toList());
        }
    }

    @Test
    void resumesOnTheOtherNode() {
        Client anna = here.client("anna");
        anna.join("r");
        IntStream.range(0, 3).forEach(i -> here.say("r", i));
        anna.next();
        Position known = Client.position(anna.next());
        anna.end();
        IntStream.range(3, 7).forEach(i -> here.say("r", i));
        Client again = there.client("anna");
        Joined joined = again.join("r", known);
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.missed()).isEqualTo(5);
        assertThat(joined.offset()).isEqualTo(known.offset());
        assertThat(again.events(5)).isEqualTo(numbers(2, 7));
        here.say("r", 7);
        assertThat(again.events(1)).isEqualTo(numbers(7, 8));
        assertThat(again.rest()).isEmpty();
    }

    @Test
    void losesNothingWhileSomebodyReconnectsAgainAndAgain() throws InterruptedException {
        int all = 300;
        Client client = here.client("anna");
        Joined first = client.join("r");
        Position known = new Position(first.offset(), first.epoch());
        Thread speaker =
                new Thread(() -> IntStream.range(0, all).forEach(i -> (i % 2 == 0 ? here : there).say("r", i)));
        speaker.start();
        List<String> seen = new ArrayList<>();
        for (int i = 0; seen.size() < all; i++) {
            JsonNode frame = client.next();
            seen.add(frame.path("data").asText());
            known = Client.position(frame);
            if (i % 7 == 6) {
                client.end();
                client = (i % 2 == 0 ? there : here).client("anna");
                Joined joined = client.join("r", known);
                assertThat(joined.recovered()).as("at %s", i).isTrue();
            }
        }
        speaker.join();
        assertThat(seen).isEqualTo(numbers(0, all));
    }

    @Test
    void saysSoWhenTooMuchWasMissed() {
        Client anna = here.client("anna");
        anna.join("r");
        here.say("r", 0);
        Position known = Client.position(anna.next());
        anna.end();
        IntStream.range(1, 450).forEach(i -> here.say("r", i));
        for (Node node : List.of(here, there)) {
            Client again = node.client("anna");
            Joined joined = again.join("r", known);
            assertThat(joined.recovered()).isFalse();
            assertThat(joined.missed()).isZero();
            assertThat(joined.offset()).isGreaterThan(known.offset());
        }
    }

    @Test
    void saysSoWhenTheCountingIsAnother() {
        here.say("r", 0);
        Joined joined = there.client("anna").join("r", new Position(1, "another"));
        assertThat(joined.recovered()).isFalse();
    }

    @Test
    void saysSoWhenThePositionIsInvented() {
        Client anna = here.client("anna");
        Joined joined = anna.join("r");
        assertThat(here.client("otto")
                        .join("r", new Position(joined.offset() + 1_000, joined.epoch()))
                        .recovered())
                .isFalse();
    }

    @Test
    void recoversWhoMissedNothing() {
        Joined joined = here.client("anna").join("quiet");
        Joined again = there.client("anna").join("quiet", new Position(joined.offset(), joined.epoch()));
        assertThat(again.recovered()).isTrue();
        assertThat(again.missed()).isZero();
    }

    @Test
    void sendsToUsersSessionsTagsAndAllOnWhicheverNodeTheyAre() {
        Client anna = here.client("anna").connect();
        Client anna2 = there.client("anna").connect();
        Client alma = there.client("alma").connect();
        Client otto = there.client("otto").connect();
        here.hub.send(Audience.user("anna"), "to", "user");
        here.hub.send(Audience.session(anna2.id()), "to", "session");
        here.hub.send(Audience.tag("a"), "to", "tag");
        here.hub.send(Audience.all(), "to", "all");
        assertThat(anna.events(3)).containsExactly("user", "tag", "all");
        assertThat(anna2.events(4)).containsExactly("user", "session", "tag", "all");
        assertThat(alma.events(2)).containsExactly("tag", "all");
        assertThat(otto.events(1)).containsExactly("all");
    }

    @Test
    void pushesWhatItIsGivenToWhomThatIsFor() {
        Client anna = there.client("anna").connect();
        Client otto = there.client("otto");
        otto.join("r/otto");
        Consumer<String> toRooms = here.hub.push("said", name -> Audience.room("r/" + name));
        Consumer<String> toUsers = here.hub.push("said", Audience::user);
        toRooms.accept("otto");
        toUsers.accept("anna");
        assertThat(otto.events(1)).containsExactly("otto");
        assertThat(anna.events(1)).containsExactly("anna");
        assertThatThrownBy(() -> here.hub.push(" ", name -> Audience.all()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesOutWhoIsExcepted() {
        List<Client> all = new ArrayList<>();
        for (Node node : List.of(here, there)) {
            for (String user : List.of("anna", "otto", "ulla")) {
                Client client = node.client(user);
                client.join("r");
                all.add(client);
            }
        }
        Audience some = Audience.room("r")
                .except(Audience.user("anna"), Audience.session(all.get(1).id()), Audience.tag("u"));
        here.hub.send(some, "said", "some").toCompletableFuture().join();
        here.hub.send(Audience.all().except(Audience.room("r")), "said", "nobody");
        here.say("r", "end");
        assertThat(all.stream().map(client -> client.next().path("data").asText()))
                .containsExactly("end", "end", "end", "end", "some", "end");
    }

    @Test
    void leavesOutWhoIsExceptedFromWhatWasMissed() {
        Joined joined = here.client("anna").join("r");
        here.hub.send(Audience.room("r").except(Audience.user("anna")), "said", "not for anna");
        here.say("r", "for all");
        Client anna = there.client("anna");
        Joined again = anna.join("r", new Position(joined.offset(), joined.epoch()));
        assertThat(again.missed()).isEqualTo(1);
        assertThat(anna.events(1)).containsExactly("for all");
    }

    @Test
    void tellsWhoIsThereOverAllNodes() {
        Client anna = here.client("anna");
        anna.join("r");
        Client otto = there.client("otto");
        otto.join("r");
        Presence presence = anna.call(HubCommands.PRESENCE, new HubCommands.InRoom("r"));
        assertThat(presence.complete()).isTrue();
        assertThat(presence.count()).isEqualTo(2);
        assertThat(presence.members())
                .containsExactlyInAnyOrder(
                        new Presence.Present("anna", anna.id()), new Presence.Present("otto", otto.id()));
        otto.end();
        await(() -> count(here, "r") == 1);
        anna.call(HubCommands.LEAVE, new HubCommands.InRoom("r"));
        assertThat(anna.next().path("left").asText()).isEqualTo("r");
        assertThat(count(there, "r")).isZero();
    }

    protected static long count(Node node, String room) {
        return node.hub.presence(room).toCompletableFuture().join().count();
    }

    @Test
    void forgetsANodeThatDies() {
        Client anna = here.client("anna");
        anna.join("r");
        there.client("otto").join("r");
        assertThat(count(here, "r")).isEqualTo(2);
        there.die();
        await(() -> here.hub.others().isEmpty());
        Presence presence = here.hub.presence("r").toCompletableFuture().join();
        assertThat(presence.count()).isEqualTo(1);
        assertThat(presence.complete()).isTrue();
    }

    @Test
    void refusesWhoMayNotComeIn() {
        refused(StandardError.UNAUTHENTICATED, () -> here.client("").join("r"));
        refused(StandardError.FORBIDDEN, () -> here.client("anna").join("secret/1"));
        refused(
                StandardError.FORBIDDEN,
                () -> here.client("anna").call(HubCommands.PRESENCE, new HubCommands.InRoom("secret/1")));
        refused(StandardError.VALIDATION_FAILED, () -> here.client("anna").join("a*b"));
        refused(
                StandardError.BAD_REQUEST,
                () -> here.commands.client().bearer("anna").call(HubCommands.JOIN, new HubCommands.Join("r", null)));
    }

    @Test
    void letsAConnectionIntoSoManyRooms() {
        Client anna = here.client("anna");
        IntStream.range(0, 3).forEach(i -> anna.join("r" + i));
        refused(StandardError.CONFLICT, () -> anna.join("r3"));
        anna.call(HubCommands.LEAVE, new HubCommands.InRoom("r0"));
        anna.join("r3");
    }

    @Test
    void doesNotHandAConnectionToSomebodyElse() {
        Client anna = here.client("anna").connect();
        refused(StandardError.CONFLICT, () -> here.hub.connect(anna, Principal.of("otto"), Set.of()));
    }

    @Test
    void closesAndRemovesOnWhicheverNodeTheyAre() {
        Client anna = there.client("anna");
        anna.join("r");
        here.hub.remove(Audience.user("anna"), "r");
        assertThat(anna.next().path("left").asText()).isEqualTo("r");
        assertThat(count(here, "r")).isZero();
        here.hub.disconnect(Audience.user("anna"), StandardError.UNAUTHENTICATED);
        await(() -> anna.closedFor() != null);
        assertThat(Objects.requireNonNull(anna.closedFor()).code()).isEqualTo(StandardError.UNAUTHENTICATED);
        await(() -> there.hub.connections() == 0);
    }

    @Test
    void forgetsWhoReadsTooSlowly() {
        Client slow = here.client("slow").readsOnly(5);
        slow.join("r");
        Client anna = here.client("anna");
        anna.join("r");
        IntStream.range(0, 10).forEach(i -> here.say("r", i));
        assertThat(anna.events(10)).isEqualTo(numbers(0, 10));
        await(() -> here.hub.connections() == 1);
        await(() -> count(here, "r") == 1); // the room learns it a moment later
    }
}
