package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
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
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final Commands commands = till(memory);

    /** What is to be done at a time, unless it is taken back. */
    private record Planned(long at, Runnable task, Future<?> ending) {}

    private Commands till(IdempotencyStore store) {
        return Commands.of(
                c -> c.intercept(Idempotency.in(store).renewing(this::plan)).handle(PAY, this::pay));
    }

    private Future<?> plan(Duration pause, Runnable task) {
        CompletableFuture<Void> ending = new CompletableFuture<>();
        planned.add(new Planned(now.get() + pause.toNanos(), task, ending));
        return ending;
    }

    /** Lets minutes pass, and does what is to be done in each. */
    private void pass(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            planned.removeIf(one -> one.ending.isDone());
            for (Planned one : List.copyOf(planned)) {
                if (one.at <= now.get()) {
                    planned.remove(one);
                    one.task.run();
                }
            }
        }
    }

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
    void aCallHasItsKeyAsLongAsItRuns() throws Exception {
        CompletionStage<Reply<Paid>> first = firstOfSixMinutes();
        pass(180); // its deadline was after 30
        refused(StandardError.CONFLICT, this::keyed);
        works.complete(true);
        first.toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(keyed().result()).isEqualTo(new Paid(1));
        assertThat(payments).hasValue(1);
        pass(1);
        assertThat(planned).as("what would be done for a call that has ended").isEmpty();
    }

    @Test
    void aStoreThatIsAwayForAWhileCostsNoKey() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        IdempotencyStore away = new IdempotencyStore() {
            @Override
            public Entry begin(String key, String fingerprint, Duration lease) {
                return memory.begin(key, fingerprint, lease);
            }

            @Override
            public boolean renew(String key, String token, Duration lease) {
                if (failures.getAndDecrement() > 0) {
                    throw StandardError.UNAVAILABLE.problem().toException();
                }
                return memory.renew(key, token, lease);
            }

            @Override
            public boolean end(String key, String token, Outcome outcome, Duration keep) {
                return memory.end(key, token, outcome, keep);
            }

            @Override
            public boolean release(String key, String token) {
                return memory.release(key, token);
            }
        };
        try (Commands other = till(away)) {
            CompletionStage<Reply<Paid>> first =
                    other.client().header(Idempotency.HEADER, "k").send(PAY, Nothing.NOTHING);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            pass(60);
            refused(StandardError.CONFLICT, this::keyed);
            assertThat(failures.get()).isNegative();
            works.complete(true);
            first.toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        assertThat(keyed().result()).isEqualTo(new Paid(1));
        assertThat(payments).hasValue(1);
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
