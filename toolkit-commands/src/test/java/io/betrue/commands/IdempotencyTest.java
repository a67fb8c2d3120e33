package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which calls have one effect for one key, and for how long. */
class IdempotencyTest {
    private static final CommandType<Nothing, Paid> PAY =
            CommandType.of("till/pay", Nothing.class, Paid.class).open().timeout(Duration.ofMinutes(30));

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger payments = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<Boolean> works = new CompletableFuture<>(); // what the first call waits for
    private final MemoryIdempotency memory = new MemoryIdempotency(100, now::get);
    private final Commands commands =
            Commands.of(c -> c.intercept(Idempotency.in(memory)).handle(PAY, this::pay));

    record Paid(int number) {}

    private Paid pay(CommandContext context, Nothing nothing) throws Exception {
        int number = payments.incrementAndGet();
        if (number == 1) {
            begun.countDown();
            if (!works.get(30, TimeUnit.SECONDS)) {
                throw StandardError.UNAVAILABLE.problem().toException();
            }
        }
        return new Paid(number);
    }

    @AfterEach
    void close() {
        works.complete(true);
        commands.close();
    }

    private Reply<Paid> keyed() {
        return commands.client().header(Idempotency.HEADER, "k").exchange(PAY, Nothing.NOTHING);
    }

    private CompletionStage<Reply<Paid>> firstOfSixMinutes() throws InterruptedException {
        CompletionStage<Reply<Paid>> first =
                commands.client().header(Idempotency.HEADER, "k").send(PAY, Nothing.NOTHING);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        return first;
    }

    private static void refused(StandardError code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void noOtherTryRunsBesideACallThatTakesItsTime() throws Exception {
        CompletionStage<Reply<Paid>> first = firstOfSixMinutes();
        refused(StandardError.CONFLICT, this::keyed);
        works.complete(true);
        assertThat(first.toCompletableFuture().get(30, TimeUnit.SECONDS).result())
                .isEqualTo(new Paid(1));
        assertThat(keyed().result()).isEqualTo(new Paid(1));
        assertThat(payments).hasValue(1);
    }

    @Test
    void aHandlerThatOutlivesEverythingDoesNotChangeWhatTheTryAfterItCameTo() throws Exception {
        CompletionStage<Reply<Paid>> first = firstOfSixMinutes();
        now.addAndGet(Duration.ofMinutes(30).toNanos());
        assertThat(keyed().result()).isEqualTo(new Paid(2));
        works.complete(true);
        first.toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(keyed().result()).isEqualTo(new Paid(2));
        assertThat(payments).hasValue(2);
    }

    @Test
    void keepsTheKeyOfACallWithoutMuchTimeForFiveMinutes() throws Exception {
        var unused = commands.client()
                .timeout(Duration.ofSeconds(1))
                .header(Idempotency.HEADER, "k")
                .send(PAY, Nothing.NOTHING);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        now.addAndGet(Duration.ofMinutes(5).minusMillis(1).toNanos());
        refused(StandardError.CONFLICT, this::keyed);
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(keyed().result()).isEqualTo(new Paid(2));
    }

    @Test
    void theFailureOfACallThatLostItsKeyLetsNoThirdTryRunBesideTheSecond() throws Exception {
        CompletionStage<Reply<Paid>> first = firstOfSixMinutes();
        now.addAndGet(Duration.ofMinutes(30).toNanos());
        assertThat(keyed().result()).isEqualTo(new Paid(2));
        works.complete(false);
        assertThatThrownBy(() -> first.toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ProblemException.class);
        assertThat(keyed().result()).isEqualTo(new Paid(2));
        assertThat(payments).hasValue(2);
    }

    @Test
    void doesAnUploadEachTimeThatItComes() {
        CommandType<Nothing, Paid> scan =
                CommandType.of("till/scan", Nothing.class, Paid.class).open().takingContent();
        AtomicInteger bytes = new AtomicInteger();
        try (Commands till = Commands.of(c -> c.intercept(Idempotency.in(memory))
                .handle(
                        scan,
                        (context, nothing) -> new Paid(
                                bytes.addAndGet(context.content().stream().readAllBytes().length))))) {
            CommandClient client = till.client().header(Idempotency.HEADER, "k");
            assertThat(client.content(Content.of(new byte[3])).call(scan, Nothing.NOTHING))
                    .isEqualTo(new Paid(3));
            Reply<Paid> other = client.content(Content.of(new byte[5])).exchange(scan, Nothing.NOTHING);
            assertThat(other.result()).isEqualTo(new Paid(8));
            assertThat(other.headers().get(Idempotency.REPLAYED)).isNull();
        }
    }
}
