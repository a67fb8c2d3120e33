package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Bank.Balance;
import io.betrue.commands.Bank.Deposit;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls in this process. */
class CommandsTest {
    private final Bank bank = new Bank();
    private Commands commands = commands(c -> {});

    @AfterEach
    void close() {
        commands.close();
    }

    private Commands commands(Consumer<CommandsConfig> more) {
        return Commands.of(c -> {
            bank.handle(c.intercept(CallLog.create())
                    .intercept(Bank.authentication())
                    .intercept(Bank.schemas())
                    .intercept(Idempotency.in(IdempotencyStore.inMemory(100)))
                    .stopTimeout(Duration.ofMillis(200)));
            more.accept(c);
        });
    }

    private void compose(Consumer<CommandsConfig> more) {
        commands.close();
        commands = commands(more);
    }

    private CommandClient anna() {
        return commands.client().bearer("anna");
    }

    private static void refused(StandardError code, ThrowingCall call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private interface ThrowingCall {
        void run() throws Exception;
    }

    @Test
    void callsAHandler() {
        assertThat(anna().call(Bank.DEPOSIT, new Deposit("EUR", 5))).isEqualTo(new Balance(5));
        assertThat(anna().call(Bank.BALANCE, Nothing.NOTHING)).isEqualTo(new Balance(5));
    }

    @Test
    void sendsWithoutWaiting() {
        CompletionStage<Reply<Balance>> reply = anna().send(Bank.DEPOSIT, new Deposit("EUR", 5));
        assertThat(reply.toCompletableFuture().join().result()).isEqualTo(new Balance(5));
    }

    @Test
    void refusesStrangers() {
        refused(StandardError.UNAUTHENTICATED, () -> commands.client().call(Bank.BALANCE, Nothing.NOTHING));
        refused(
                StandardError.UNAUTHENTICATED,
                () -> commands.client().bearer("forged").call(Bank.BALANCE, Nothing.NOTHING));
    }

    @Test
    void refusesWithoutTheRole() {
        refused(StandardError.FORBIDDEN, () -> anna().call(Bank.AUDIT, Nothing.NOTHING));
        assertThat(commands.client().bearer("otto").call(Bank.AUDIT, Nothing.NOTHING))
                .isEqualTo(new Balance(0));
    }

    @Test
    void checksInputsAlsoInProcess() {
        refused(StandardError.VALIDATION_FAILED, () -> anna().call(Bank.DEPOSIT, new Deposit("EUR", 0)));
    }

    @Test
    void passesProblemsOnUnderTheTrace() {
        assertThatThrownBy(() -> anna().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .call(Bank.DEPOSIT, new Deposit("XXY", 1)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEqualTo(Bank.BankError.UNKNOWN_CURRENCY);
                    assertThat(e.problem().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
                });
    }

    @Test
    void tellsWhatItHandlesItselfFromWhatItForwards() {
        CommandType<Nothing, Nothing> elsewhere = CommandType.of("mail/send", Nothing.class, Nothing.class);
        compose(c -> c.forward(elsewhere, call -> new CompletableFuture<>()));
        assertThat(commands.types()).contains(elsewhere, Bank.DEPOSIT);
        assertThat(commands.handled()).contains(Bank.DEPOSIT).doesNotContain(elsewhere);
    }

    @Test
    void knowsNoUnknownCommand() {
        CommandType<Nothing, Nothing> unknown = CommandType.of("ledger/steal", Nothing.class, Nothing.class);
        refused(StandardError.NOT_FOUND, () -> anna().call(unknown, Nothing.NOTHING));
    }

    @Test
    void tellsCommandsInDevelopmentOnly() {
        CommandType<Nothing, Nothing> unknown = CommandType.of("ledger/steal", Nothing.class, Nothing.class);
        assertThatThrownBy(() -> anna().call(unknown, Nothing.NOTHING))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().extensions()).isEmpty());
        compose(CommandsConfig::development);
        assertThatThrownBy(() -> anna().call(unknown, Nothing.NOTHING))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().extensions()).containsKey("commands"));
    }

    @Test
    void hidesInternalCommandsFromOutside() {
        Call.Builder call = Call.to("ledger/close").headers(Headers.of("Authorization", "Bearer anna"));
        refused(StandardError.NOT_FOUND, () -> commands.call(call.external(true).build()));
        assertThat(commands.call(call.external(false).build()).status()).isEqualTo(200);
    }

    @Test
    void listsCommands() {
        CommandList list = commands.client().call(CommandList.TYPE, Nothing.NOTHING);
        assertThat(list.commands())
                .extracting(CommandList.Item::address)
                .containsExactly("ledger/audit", "ledger/balance", "ledger/close", "ledger/deposit");
    }

    @Test
    void refusesASecondHandler() {
        assertThatThrownBy(() -> commands(c -> c.handle(Bank.CLOSE, bank::close)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("command ledger/close has two handlers");
    }

    @Test
    void startsNothingAfterTheDeadline() {
        refused(
                StandardError.DEADLINE_EXCEEDED,
                () -> commands.call(Call.to("ledger/deposit")
                        .headers(Headers.of("authorization", "Bearer anna"))
                        .input(Payload.of(new Deposit("EUR", 1)))
                        .deadline(Deadline.in(Duration.ZERO))
                        .build()));
        assertThat(anna().call(Bank.BALANCE, Nothing.NOTHING)).isEqualTo(new Balance(0));
    }

    @Test
    void answersAtTheDeadlineThoughTheHandlerGoesOn() throws Exception {
        CommandType<Nothing, Nothing> slow = CommandType.of("slow", Nothing.class, Nothing.class);
        CountDownLatch seen = new CountDownLatch(1);
        compose(c -> c.handle(slow, (context, nothing) -> {
            CountDownLatch told = new CountDownLatch(1);
            context.onCancel(told::countDown);
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            seen.countDown();
            return nothing;
        }));
        refused(
                StandardError.DEADLINE_EXCEEDED,
                () -> Waiting.forReply(
                        commands.send(Call.to("slow")
                                .headers(Headers.of("authorization", "Bearer anna"))
                                .deadline(Deadline.in(Duration.ofSeconds(1)))
                                .build()),
                        Call.to("slow").build()));
        assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesNestedCallsTheRestOfTheTimeAndTheCaller() {
        CommandType<Nothing, Balance> outer = CommandType.of("outer", Nothing.class, Balance.class);
        CommandType<Nothing, Nothing> inner = CommandType.of("inner", Nothing.class, Nothing.class);
        CompletableFuture<CommandContext> seen = new CompletableFuture<>();
        CompletableFuture<CommandContext> above = new CompletableFuture<>();
        compose(c -> c.travelling("x-tenant")
                .handle(inner, (context, nothing) -> {
                    seen.complete(context);
                    return nothing;
                })
                .handle(outer, (context, nothing) -> {
                    above.complete(context);
                    context.call(inner, nothing);
                    return context.call(Bank.BALANCE, nothing);
                }));
        anna().timeout(Duration.ofSeconds(1))
                .header("x-tenant", "blue")
                .header("x-other", "ends here")
                .call(outer, Nothing.NOTHING);
        assertThat(seen.join().deadline().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(seen.join().principal().id()).isEqualTo("anna");
        assertThat(seen.join().header("x-tenant")).isEqualTo("blue");
        assertThat(seen.join().header("x-other")).isNull();
        assertThat(seen.join().traceId()).isEqualTo(above.join().traceId());
    }

    @Test
    void tellsNestedCallsThatTheCallerIsGone() throws Exception {
        CommandType<Nothing, Nothing> outer = CommandType.of("outer", Nothing.class, Nothing.class);
        CommandType<Nothing, Nothing> inner = CommandType.of("inner", Nothing.class, Nothing.class);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        compose(c -> c.handle(inner, (context, nothing) -> {
                    context.onCancel(told::countDown);
                    running.countDown();
                    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
                    return nothing;
                })
                .handle(outer, (context, nothing) -> context.call(inner, nothing)));
        Cancellation token = new Cancellation();
        CompletionStage<Reply<Nothing>> reply = anna().cancellation(token).send(outer, Nothing.NOTHING);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        token.cancel();
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> reply.toCompletableFuture().join())
                .hasRootCauseInstanceOf(ProblemException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.CANCELLED));
    }

    @Test
    void hidesWhatNobodyForesaw() {
        CommandType<Nothing, Nothing> broken = CommandType.of("broken", Nothing.class, Nothing.class);
        compose(c -> c.handle(broken, (context, nothing) -> {
            throw new StackOverflowError("secret");
        }));
        assertThatThrownBy(() -> anna().call(broken, Nothing.NOTHING))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEqualTo(StandardError.INTERNAL);
                    assertThat(new String(e.problem().toJson(), java.nio.charset.StandardCharsets.UTF_8))
                            .doesNotContain("secret");
                });
    }

    @Test
    void refusesOutputsThatDoNotFit() {
        CommandType<Nothing, Balance> lying = CommandType.of("lying", Nothing.class, Balance.class);
        Interceptor changer = call -> call.proceed()
                .thenApply(reply -> reply.map(payload ->
                        Payload.ofJson("{\"amount\": true}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        compose(c -> c.intercept(changer).handle(lying, (context, nothing) -> new Balance(1)));
        refused(StandardError.INTERNAL, () -> anna().call(lying, Nothing.NOTHING));
    }

    @Test
    void answersAKeyOnceAndAgain() {
        CommandClient keyed = anna().header(Idempotency.HEADER, "k1");
        Reply<Balance> first = keyed.exchange(Bank.DEPOSIT, new Deposit("EUR", 5));
        Reply<Balance> again = keyed.exchange(Bank.DEPOSIT, new Deposit("EUR", 5));
        assertThat(first.headers().get(Idempotency.REPLAYED)).isNull();
        assertThat(again.headers().get(Idempotency.REPLAYED)).isEqualTo("true");
        assertThat(again.result()).isEqualTo(new Balance(5));
        refused(StandardError.CONFLICT, () -> keyed.call(Bank.DEPOSIT, new Deposit("EUR", 6)));
        assertThat(anna().call(Bank.BALANCE, Nothing.NOTHING)).isEqualTo(new Balance(5));
    }

    @Test
    void runsNoMoreThanSoManyAtOnce() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        compose(c -> c.concurrency(2, 1).handle(slow, (context, nothing) -> {
            started.countDown();
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return nothing;
        }));
        CompletionStage<Reply<Nothing>> one = commands.client().send(slow, Nothing.NOTHING);
        CompletionStage<Reply<Nothing>> two = commands.client().send(slow, Nothing.NOTHING);
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletionStage<Reply<Nothing>> waits = commands.client().send(slow, Nothing.NOTHING);
        assertThatThrownBy(() -> commands.client()
                        .send(slow, Nothing.NOTHING)
                        .toCompletableFuture()
                        .join())
                .rootCause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE));
        assertThat(commands.client().bearer("anna").call(Bank.BALANCE, Nothing.NOTHING))
                .isEqualTo(new Balance(0));
        go.countDown();
        one.toCompletableFuture().join();
        two.toCompletableFuture().join();
        assertThat(waits.toCompletableFuture().join().result()).isEqualTo(Nothing.NOTHING);
    }

    @Test
    void refusesAfterTheStopWhatIsNotNested() {
        commands.close();
        refused(StandardError.UNAVAILABLE, () -> anna().call(Bank.BALANCE, Nothing.NOTHING));
    }

    @Test
    void forwardsGroupsToOthers() {
        try (Commands gateway = Commands.of(c -> c.forward("ledger/*", commands))) {
            CommandClient client = gateway.client().bearer("anna");
            assertThat(client.call(Bank.DEPOSIT, new Deposit("EUR", 7))).isEqualTo(new Balance(7));
            refused(StandardError.UNAUTHENTICATED, () -> gateway.client().call(Bank.BALANCE, Nothing.NOTHING));
            refused(
                    StandardError.NOT_FOUND,
                    () -> client.call(CommandType.of("chat/say", Nothing.class, Nothing.class), Nothing.NOTHING));
        }
    }
}
