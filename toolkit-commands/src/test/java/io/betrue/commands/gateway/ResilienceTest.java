package io.betrue.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Call;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Content;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResilienceTest {
    private static final Duration SOON = Duration.ofNanos(1);

    /** A service that answers as it is told, and well when it is told nothing. */
    private static final class Scripted implements Target {
        final AtomicInteger calls = new AtomicInteger();
        final Deque<ErrorCode> failures = new ArrayDeque<>();

        Scripted(ErrorCode... script) {
            failures.addAll(Arrays.asList(script));
        }

        @Override
        public synchronized CompletionStage<Reply<Payload>> send(Call call) {
            calls.incrementAndGet();
            @Nullable ErrorCode failure = failures.poll();
            return failure == null
                    ? CompletableFuture.completedFuture(Reply.of(Payload.of(Nothing.NOTHING)))
                    : CompletableFuture.failedFuture(failure.problem().toException());
        }
    }

    private static Call repeatable() {
        return Call.to("ledger/balance").repeatable(true).headers(Headers.NONE).build();
    }

    private static void refused(ErrorCode code, Target target, Call call) {
        assertThatThrownBy(() -> target.call(call))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void triesAgainWhatMayBeRepeated() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE, StandardError.BAD_GATEWAY);
        Target target = Resilience.around("ledger", service, r -> r.retries(2, SOON));
        assertThat(target.call(repeatable()).status()).isEqualTo(200);
        assertThat(service.calls).hasValue(3);
    }

    @Test
    void furtherTriesHaveAThreadOfTheirOwn() {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        Target noting = call -> {
            threads.add(Thread.currentThread().getName());
            return service.send(call);
        };
        Target target = Resilience.around("ledger", noting, r -> r.retries(1, SOON));
        assertThat(target.call(repeatable()).status()).isEqualTo(200);
        assertThat(threads).containsExactly(Thread.currentThread().getName(), "command-tries");
    }

    @Test
    void triesNothingElseAgain() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        Target target = Resilience.around("ledger", service, r -> r.retries(2, SOON));
        refused(StandardError.UNAVAILABLE, target, Call.to("ledger/deposit").build());
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void triesNoCallAgainForItsKeyAlone() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        Target target = Resilience.around("chat", service, r -> r.retries(2, SOON));
        refused(StandardError.UNAVAILABLE, target, keyed("chat/create-room"));
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void triesACallWithAKeyAgainWhoseCommandTakesKeys() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        CommandType<Nothing, Nothing> deposit = CommandType.of("ledger/deposit", Nothing.class, Nothing.class);
        try (Commands gateway = gateway(c -> c.forward(deposit.takingKey(), around(service)))) {
            assertThat(gateway.call(keyed("ledger/deposit")).status()).isEqualTo(200);
            assertThat(service.calls).hasValue(2);
            service.failures.add(StandardError.UNAVAILABLE);
            refused(
                    StandardError.UNAVAILABLE,
                    gateway,
                    Call.to("ledger/deposit").build());
            assertThat(service.calls).hasValue(3);
        }
    }

    @Test
    void triesNoCallAgainWhoseCommandDoesNotLookAtItsKey() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE, StandardError.UNAVAILABLE);
        CommandType<Nothing, Nothing> create = CommandType.of("chat/create-room", Nothing.class, Nothing.class);
        try (Commands gateway = gateway(c -> c.forward(create, around(service)))) {
            refused(StandardError.UNAVAILABLE, gateway, keyed("chat/create-room"));
            CommandClient client = CommandClient.of(around(service)).header(Idempotency.HEADER, "k");
            assertThatThrownBy(() -> client.call(create, Nothing.NOTHING)).isInstanceOf(ProblemException.class);
            assertThat(service.calls).hasValue(2);
        }
    }

    @Test
    void triesNoCallAgainThatCameThroughAPattern() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        try (Commands gateway = gateway(c -> c.forward("chat/*", around(service)))) {
            refused(StandardError.UNAVAILABLE, gateway, keyed("chat/create-room"));
            assertThat(service.calls).hasValue(1);
        }
    }

    @Test
    void believesACallerOfItsProcessWhoKnowsMoreThanThePattern() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        CommandType<Nothing, Nothing> user = CommandType.of("accounts/user", Nothing.class, Nothing.class);
        CommandType<Nothing, Nothing> join = CommandType.of("chat/join", Nothing.class, Nothing.class);
        try (Commands chat = gateway(c -> c.forward("accounts/*", around(service))
                .handle(join, (context, nothing) -> context.call(user.idempotent(), nothing)))) {
            assertThat(chat.client().call(join, Nothing.NOTHING)).isEqualTo(Nothing.NOTHING);
            assertThat(service.calls).hasValue(2);
        }
    }

    private static Call keyed(String address) {
        return Call.to(address).headers(Headers.of("Idempotency-Key", "k")).build();
    }

    private static Target around(Target service) {
        return Resilience.around("service", service, r -> r.retries(1, SOON));
    }

    private static Commands gateway(Consumer<CommandsConfig> routes) {
        return Commands.of(routes);
    }

    @Test
    void aTargetThatThrowsLetsNobodyWait() {
        AtomicInteger calls = new AtomicInteger();
        Target broken = call -> {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("a target does not do this");
            }
            return CompletableFuture.failedFuture(
                    StandardError.UNAVAILABLE.problem().toException());
        };
        Call call = repeatable().toBuilder()
                .deadline(Deadline.in(Duration.ofSeconds(20)))
                .build();
        refused(StandardError.INTERNAL, Resilience.around("broken", broken, r -> r.retries(1, SOON)), call);
        assertThat(calls).hasValue(2);
    }

    @Test
    void triesNoStreamAgain() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        Target target = Resilience.around("files", service, r -> r.retries(2, SOON));
        refused(
                StandardError.UNAVAILABLE,
                target,
                repeatable().toBuilder().content(Content.of(new byte[1])).build());
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void triesNoRefusalAgain() {
        Scripted service = new Scripted(StandardError.FORBIDDEN);
        Target target = Resilience.around("ledger", service, r -> r.retries(2, SOON));
        refused(StandardError.FORBIDDEN, target, repeatable());
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void knowsFromTheTypeThatACommandIsIdempotent() {
        Scripted service = new Scripted(StandardError.UNAVAILABLE);
        CommandType<Nothing, Nothing> balance =
                CommandType.of("ledger/balance", Nothing.class, Nothing.class).idempotent();
        try (Commands gateway =
                Commands.of(c -> c.forward(balance, Resilience.around("ledger", service, r -> r.retries(1, SOON))))) {
            CommandClient client = gateway.client();
            assertThat(client.call(balance, Nothing.NOTHING)).isEqualTo(Nothing.NOTHING);
            assertThat(service.calls).hasValue(2);
        }
    }

    @Test
    void spendsNoMoreTriesThanTheBudget() {
        ErrorCode[] down = new ErrorCode[1_000];
        Arrays.fill(down, StandardError.UNAVAILABLE);
        Scripted service = new Scripted(down);
        Target target = Resilience.around(
                "ledger",
                service,
                r -> r.retries(2, SOON)
                        .budget(0.1)
                        .breaker(100, 1_000_000, Duration.ofSeconds(10), Duration.ofSeconds(1)));
        for (int i = 0; i < 200; i++) {
            refused(StandardError.UNAVAILABLE, target, repeatable());
        }
        assertThat(service.calls.get()).isBetween(200 + 25, 200 + 31); // ten in advance, then one for ten calls
    }

    @Test
    void leavesATargetAloneThatFails() {
        ErrorCode[] down = new ErrorCode[10];
        Arrays.fill(down, StandardError.DEADLINE_EXCEEDED);
        Scripted service = new Scripted(down);
        Target target = Resilience.around(
                "ledger", service, r -> r.breaker(50, 10, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        for (int i = 0; i < 10; i++) {
            refused(StandardError.DEADLINE_EXCEEDED, target, repeatable());
        }
        refused(StandardError.UNAVAILABLE, target, repeatable());
        assertThat(service.calls).hasValue(10);
    }

    @Test
    void comesBackWhenTheTargetDoes() {
        ErrorCode[] down = new ErrorCode[10];
        Arrays.fill(down, StandardError.UNAVAILABLE);
        Scripted service = new Scripted(down);
        Target target = Resilience.around(
                "ledger", service, r -> r.retries(0, SOON).breaker(50, 10, Duration.ofMinutes(1), Duration.ofNanos(1)));
        for (int i = 0; i < 10; i++) {
            refused(StandardError.UNAVAILABLE, target, repeatable());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(target.call(repeatable()).status()).isEqualTo(200);
        }
    }

    @Test
    void takesRefusalsByRulesForSuccesses() {
        ErrorCode[] rules = new ErrorCode[100];
        Arrays.fill(rules, StandardError.VALIDATION_FAILED);
        Scripted service = new Scripted(rules);
        Target target = Resilience.around(
                "ledger", service, r -> r.breaker(50, 10, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        for (int i = 0; i < 100; i++) {
            refused(StandardError.VALIDATION_FAILED, target, repeatable());
        }
        assertThat(target.call(repeatable()).status()).isEqualTo(200);
    }
}
