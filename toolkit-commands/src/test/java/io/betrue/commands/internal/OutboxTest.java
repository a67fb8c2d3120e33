package io.betrue.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Push;
import io.betrue.errors.WebSocketClose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final WebSocketClose DONE = new WebSocketClose(4001, "done");

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Recorder wire = new Recorder();
    private final Outbox outbox = new Outbox(wire, 1_000, timer);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    /** Keeps what was sent, and lets a test say when it has arrived. */
    private static final class Recorder implements Outbox.Wire {
        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        private final List<WebSocketClose> closes = new ArrayList<>();
        private final AtomicInteger onTheirWay = new AtomicInteger();
        private int most;
        private boolean slow;
        private boolean disconnected;
        private @Nullable Consumer<@Nullable Throwable> flight;

        @Override
        public void send(String text, Consumer<@Nullable Throwable> done) {
            most = Math.max(most, onTheirWay.incrementAndGet());
            sent.add(text);
            if (slow) {
                flight = done;
            } else {
                onTheirWay.decrementAndGet();
                done.accept(null);
            }
        }

        void arrive(@Nullable Throwable failure) {
            onTheirWay.decrementAndGet();
            java.util.Objects.requireNonNull(flight).accept(failure);
        }

        @Override
        public void close(WebSocketClose why) {
            closes.add(why);
        }

        @Override
        public void disconnect() {
            disconnected = true;
        }
    }

    private static Push push(Object text) {
        return Push.ofJson(text.toString());
    }

    @Test
    void sendsOneAfterTheOther() {
        wire.slow = true;
        IntStream.range(0, 5).forEach(i -> assertThat(outbox.send(push(i))).isTrue());
        assertThat(wire.sent).containsExactly("0");
        IntStream.range(0, 5).forEach(i -> wire.arrive(null));
        assertThat(wire.sent).containsExactly("0", "1", "2", "3", "4");
        assertThat(wire.most).isEqualTo(1);
        assertThat(outbox.unsent()).isZero();
    }

    @Test
    void growsNoStackWhenAllArrivesAtOnce() {
        wire.slow = true;
        Outbox roomy = new Outbox(wire, 10_000_000, timer);
        IntStream.range(0, 100_000).forEach(i -> roomy.send(push(i)));
        wire.slow = false;
        wire.arrive(null);
        assertThat(wire.sent).hasSize(100_000);
    }

    @Test
    void closesAClientForWhichThereIsNoRoom() {
        wire.slow = true;
        String text = "x".repeat(468);
        assertThat(outbox.send(push(text))).isTrue();
        assertThat(outbox.send(push(text))).isTrue();
        assertThat(outbox.unsent()).isEqualTo(1_000);
        assertThat(outbox.send(push(""))).isFalse();
        assertThat(wire.closes).containsExactly(Outbox.SLOW);
        assertThat(outbox.unsent()).as("forgotten at once").isZero();
        assertThat(outbox.send(push(""))).isFalse();
        wire.arrive(null);
        assertThat(wire.sent).hasSize(1);
        assertThat(wire.closes).hasSize(1);
    }

    @Test
    void countsEmptyMessagesToo() {
        wire.slow = true;
        assertThat(IntStream.range(0, 1_000).filter(i -> outbox.send(push(""))).count())
                .isEqualTo(1_000 / Outbox.OVERHEAD);
    }

    @Test
    void saysWhatCanNeverBeSent() {
        assertThat(outbox.fits(1_000 - Outbox.OVERHEAD)).isTrue();
        assertThat(outbox.fits(1_001 - Outbox.OVERHEAD)).isFalse();
    }

    @Test
    void closesAfterWhatWasSentBefore() {
        wire.slow = true;
        outbox.send(push(1));
        outbox.send(push(2));
        outbox.close(DONE);
        assertThat(outbox.send(push(3))).isFalse();
        assertThat(wire.closes).isEmpty();
        wire.arrive(null);
        assertThat(wire.closes).isEmpty();
        wire.arrive(null);
        assertThat(wire.sent).containsExactly("1", "2");
        assertThat(wire.closes).containsExactly(DONE);
    }

    @Test
    void closesAtOnceWhenNothingWaitsAndOnlyOnce() {
        outbox.send(push(1));
        outbox.close(DONE);
        outbox.close(DONE);
        assertThat(wire.closes).containsExactly(DONE);
    }

    @Test
    void cutsAConnectionThatCannotBeClosed() {
        timer.shutdownNow(); // as if the time was over
        outbox.close(DONE);
        assertThat(wire.disconnected).isTrue();
    }

    @Test
    void cutsAConnectionThatFails() {
        wire.slow = true;
        outbox.send(push(1));
        outbox.send(push(2));
        wire.arrive(new IOException("reset"));
        assertThat(wire.disconnected).isTrue();
        assertThat(wire.sent).containsExactly("1");
        assertThat(outbox.send(push(3))).isFalse();
    }

    @Test
    void keepsTheOrderOfEachSenderAmongMany() throws InterruptedException {
        Outbox roomy = new Outbox(wire, 10_000_000, timer);
        ExecutorService senders = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4)
                .forEach(sender -> senders.execute(() ->
                        IntStream.range(0, 2_000).forEach(i -> roomy.send(push(sender * 10_000 + i)))));
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wire.sent).hasSize(8_000);
        assertThat(wire.most).isEqualTo(1);
        IntStream.range(0, 4)
                .forEach(sender -> assertThat(wire.sent.stream()
                                .mapToInt(Integer::parseInt)
                                .filter(n -> n / 10_000 == sender)
                                .toArray())
                        .isSorted());
    }
}
