package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.nats.Shop.Text;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.NatsError;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls over a real NATS server. */
class NatsCommandsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final Shop shop = new Shop();
    private final String prefix = NATS.namespace();
    private Connection here;
    private NatsServer server;
    private NatsClient target;
    private CommandClient client;

    @BeforeEach
    void open() throws Exception {
        here = connect();
        server = serve(here, shop.commands(), c -> {});
        target = target(connect(), c -> {});
        client = CommandClient.of(target);
    }

    @AfterEach
    void close() throws Exception {
        shop.release.countDown();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    private Connection connect() throws Exception {
        return keep(Nats.connect(NatsCommands.options(NATS.url()).build()));
    }

    private NatsServer serve(Connection connection, Commands commands, Consumer<NatsServerConfig> more) {
        keep(commands);
        return keep(NatsCommands.serve(commands, connection, c -> {
            more.accept(c.prefix(prefix).name("shop").stopTimeout(Duration.ofSeconds(5)));
        }));
    }

    private NatsClient target(Connection connection, Consumer<NatsClientConfig> more) {
        return keep(NatsCommands.client(
                connection, c -> more.accept(c.prefix(prefix).catalogue(ErrorCatalogue.of(Shop.ShopError.values())))));
    }

    private static void refused(ErrorCode code, ThrowingCall call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private interface ThrowingCall {
        void run() throws Exception;
    }

    @Test
    void answers() {
        assertThat(client.call(Shop.ECHO, new Text("żółw"))).isEqualTo(new Text("żółw"));
        assertThat(client.call(Shop.ECHO2, new Text("x"))).isEqualTo(new Text("2x"));
    }

    @Test
    void guardsAsEverywhere() {
        refused(StandardError.UNAUTHENTICATED, () -> client.call(Shop.WHO, Nothing.NOTHING));
        assertThat(client.bearer("anna").call(Shop.WHO, Nothing.NOTHING)).isEqualTo(new Text("anna"));
    }

    @Test
    void bringsStatusAndHeaders() {
        Reply<Text> reply = client.exchange(Shop.MADE, Nothing.NOTHING);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).isEqualTo(Headers.of("location", "/żółw"));
    }

    @Test
    void bringsProblemsWithTheirCodesAndMembers() {
        assertThatThrownBy(() -> client.call(Shop.BREAK, Nothing.NOTHING))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEqualTo(Shop.ShopError.SOLD_OUT);
                    assertThat(e.problem().extensions()).containsEntry("left", 0);
                    assertThat(e.problem().traceId()).isNotNull();
                });
    }

    @Test
    void tellsOthersInTheHeadersOfTheConventionAndLeaksNothing() throws Exception {
        Message answer = here.request(prefix + ".shop.leak", new byte[0], Duration.ofSeconds(5));
        assertThat(answer.getHeaders().getFirst(NatsError.CODE_HEADER)).isEqualTo("500");
        assertThat(answer.getHeaders().getFirst(NatsError.TEXT_HEADER)).isEqualTo("INTERNAL: Internal error");
        assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.getHeaders().toString() + new String(answer.getData(), StandardCharsets.UTF_8))
                .doesNotContain("hunter2");
    }

    @Test
    void answersCallersThatKnowNothingOfUs() throws Exception {
        Message answer = here.request(
                prefix + ".shop.echo", "{\"text\":\"hi\"}".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(5));
        assertThat(MAPPER.readTree(answer.getData()).path("text").asText()).isEqualTo("hi");
        assertThat(answer.hasHeaders()).isFalse();
    }

    @Test
    void failsAtOnceWhereNobodyServes() {
        CommandType<Nothing, Nothing> nowhere = CommandType.of("nowhere/at-all", Nothing.class, Nothing.class);
        long began = System.nanoTime();
        refused(StandardError.UNAVAILABLE, () -> client.call(nowhere, Nothing.NOTHING));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void knowsNoUnknownCommandOfAGroupThatIsItsOwn() throws Exception {
        serve(connect(), new Shop().commands(), c -> c.owns("shop"));
        server.close();
        CommandType<Nothing, Nothing> unknown = CommandType.of("shop/steal", Nothing.class, Nothing.class);
        refused(StandardError.NOT_FOUND, () -> client.call(unknown, Nothing.NOTHING));
        assertThat(client.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
    }

    @Test
    void neverTurnsAnAddressIntoWildcards() {
        for (String address : List.of("shop/*", "shop/>", "shop.echo", "shop echo", "")) {
            refused(StandardError.NOT_FOUND, () -> target.call(Call.to(address).build()));
        }
    }

    @Test
    void hidesInternalCommandsFromCallsThatCameFromOutside() {
        assertThat(client.call(Shop.HIDDEN, Nothing.NOTHING)).isEqualTo(new Text("inside"));
        refused(
                StandardError.NOT_FOUND,
                () -> target.call(Call.to("shop/hidden")
                        .external(true)
                        .deadline(Deadline.in(Duration.ofSeconds(5)))
                        .build()));
    }

    @Test
    void servesNothingThatItForwards() throws Exception {
        CommandType<Nothing, Nothing> elsewhere = CommandType.of("mail/send", Nothing.class, Nothing.class);
        serve(
                connect(),
                Commands.of(c -> c.forward(elsewhere, call -> new CompletableFuture<>())),
                c -> c.owns("post"));
        refused(StandardError.UNAVAILABLE, () -> client.call(elsewhere, Nothing.NOTHING));
    }

    @Test
    void endsAtTheDeadlineOnBothSides() throws Exception {
        refused(
                StandardError.DEADLINE_EXCEEDED,
                () -> client.timeout(Duration.ofMillis(300)).call(Shop.SLOW, Nothing.NOTHING));
        assertThat(shop.cancelled.await(2, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesTimesThatAreNone() throws Exception {
        for (String time : List.of("0", "-1", "soon", "3600001", "1.5", "")) {
            io.nats.client.impl.Headers headers = new io.nats.client.impl.Headers().put("Timeout-Ms", time);
            Message answer = here.request(prefix + ".shop.echo", headers, new byte[0], Duration.ofSeconds(5));
            assertThat(answer.getHeaders().getFirst(NatsError.CODE_HEADER)).isEqualTo("400");
        }
    }

    @Test
    void tellsTheHandlerWithin200MillisecondsThatTheCallerGaveUp() throws Exception {
        Cancellation token = new Cancellation();
        CompletionStage<Reply<Text>> reply = client.cancellation(token).send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        long gaveUp = System.nanoTime();
        token.cancel();
        refused(StandardError.CANCELLED, () -> unwrapped(reply));
        assertThat(shop.cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(shop.cancelledAt - gaveUp)).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void noticesACallerWhoseConnectionIsGone() throws Exception {
        Connection theirs = Nats.connect(NatsCommands.options(NATS.url()).build());
        CompletionStage<Reply<Text>> reply =
                CommandClient.of(target(theirs, c -> {})).send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        theirs.close();
        assertThat(shop.cancelled.await(2, TimeUnit.SECONDS)).isTrue();
        refused(StandardError.UNAVAILABLE, () -> unwrapped(reply));
    }

    @Test
    void refusesWhatTheConnectionCannotCarryAndStaysConnected() throws Exception {
        long limit = here.getMaxPayload();
        refused(StandardError.PAYLOAD_TOO_LARGE, () -> client.call(Shop.ECHO, new Text("x".repeat((int) limit))));
        refused(StandardError.PAYLOAD_TOO_LARGE, () -> client.call(Shop.GROW, new Text("x".repeat(1_000))));
        assertThat(client.call(Shop.ECHO, new Text("still there"))).isEqualTo(new Text("still there"));
        assertThat(here.getStatistics().getReconnects()).isZero();
    }

    @Test
    void refusesMoreThanItHasRoomFor() throws Exception {
        server.close();
        serve(connect(), shop.commands(), c -> c.inFlight(1, 1_000_000));
        CompletionStage<Reply<Text>> slow = client.send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        refused(StandardError.UNAVAILABLE, () -> client.call(Shop.ECHO, new Text("x")));
        shop.release.countDown();
        assertThat(unwrapped(slow).result()).isEqualTo(new Text("slow"));
        assertThat(client.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
    }

    @Test
    void waitsForNoMoreRepliesThanItMay() throws Exception {
        CommandClient narrow = CommandClient.of(target(connect(), c -> c.inFlight(1)));
        CompletionStage<Reply<Text>> slow = narrow.send(Shop.SLOW, Nothing.NOTHING);
        refused(StandardError.UNAVAILABLE, () -> narrow.call(Shop.ECHO, new Text("x")));
        shop.release.countDown();
        assertThat(unwrapped(slow).result()).isEqualTo(new Text("slow"));
        assertThat(narrow.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
    }

    @Test
    void letsOthersPassASlowCommand() throws Exception {
        CompletionStage<Reply<Text>> slow = client.send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(client.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
        }
        assertThat(slow.toCompletableFuture()).isNotDone();
    }

    @Test
    void answersACallThatTakesLongerThanSilenceMay() throws Exception {
        CommandClient impatient = CommandClient.of(target(connect(), c -> c.silenceLimit(Duration.ofMillis(600))));
        CompletionStage<Reply<Text>> slow = impatient.send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> slow.toCompletableFuture().get(1_500, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        shop.release.countDown();
        assertThat(unwrapped(slow).result()).isEqualTo(new Text("slow"));
    }

    @Test
    void answersWhatItHasBeforeItStops() throws Exception {
        List<CompletionStage<Reply<Text>>> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(client.send(Shop.ECHO, new Text("x")));
        }
        replies.add(client.send(Shop.SLOW, Nothing.NOTHING));
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close, NatsCommandsIT::aside);
        refusedSoon();
        assertThat(stop).isNotDone();
        shop.release.countDown();
        for (CompletionStage<Reply<Text>> reply : replies) {
            assertThat(unwrapped(reply).status()).isEqualTo(200);
        }
        stop.get(5, TimeUnit.SECONDS);
    }

    /** In a thread of its own: the common pool of two cores has one. */
    private static void aside(Runnable task) {
        Thread thread = new Thread(task, "stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void refusedSoon() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            try {
                client.call(Shop.ECHO, new Text("x"));
            } catch (ProblemException e) {
                assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE);
                return;
            }
        }
        throw new AssertionError("it still takes calls");
    }

    @Test
    void answersAsUnavailableWhatItCannotWaitFor() throws Exception {
        server.close();
        NatsServer hurried = serve(connect(), shop.commands(), c -> c.stopTimeout(Duration.ofMillis(50)));
        CompletionStage<Reply<Text>> slow = client.send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        hurried.close();
        refused(StandardError.UNAVAILABLE, () -> unwrapped(slow));
        hurried.close();
    }

    @Test
    void refusesAfterItsEnd() {
        target.close();
        target.close();
        refused(StandardError.UNAVAILABLE, () -> client.call(Shop.ECHO, new Text("x")));
    }

    @Test
    void survivesCallsThatNobodyCanRead() throws Exception {
        here.publish(prefix + ".shop.echo", "{\"text\":\"no reply\"}".getBytes(StandardCharsets.UTF_8));
        Message answer =
                here.request(prefix + ".shop.echo", "{{{".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(5));
        assertThat(answer.getHeaders().getFirst(NatsError.TEXT_HEADER)).startsWith("MALFORMED_JSON");
        io.nats.client.impl.Headers headers = new io.nats.client.impl.Headers().put("authorization*", "UTF-8''%0");
        answer = here.request(prefix + ".shop.echo", headers, new byte[0], Duration.ofSeconds(5));
        assertThat(answer.getHeaders().getFirst(NatsError.TEXT_HEADER)).startsWith("BAD_REQUEST");
    }

    @Test
    void readsOtherServicesErrors() throws Exception {
        here.createDispatcher(message -> here.publish(
                        message.getReplyTo(),
                        new io.nats.client.impl.Headers()
                                .put("Nats-Service-Error", "no such row")
                                .put("Nats-Service-Error-Code", "404"),
                        new byte[0]))
                .subscribe(prefix + ".other.find");
        here.flush(Duration.ofSeconds(5)); // the call comes over another connection
        refused(
                StandardError.NOT_FOUND,
                () -> target.call(
                        Call.to("other/find").input(Payload.of(Nothing.NOTHING)).build()));
    }

    private static <T> T unwrapped(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw e;
        }
    }
}
