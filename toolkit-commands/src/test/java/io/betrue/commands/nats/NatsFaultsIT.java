package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.commands.nats.Shop.Text;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Instances that are replaced under load, and a NATS server that goes away. */
class NatsFaultsIT {
    private static final Logger log = LoggerFactory.getLogger(NatsFaultsIT.class);
    private static final String PREFIX = "faults";
    private static final long PERIOD_MICROS = 2_000; // 500 calls a second

    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private NatsNode node;
    private CommandClient client;

    @BeforeEach
    void open() throws Exception {
        node = keep(NatsNode.start());
        client = CommandClient.of(keep(NatsCommands.client(connect(), c -> c.prefix(PREFIX))))
                .timeout(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    private Connection connect() throws Exception {
        return keep(Nats.connect(NatsCommands.options(node.url()).build()));
    }

    private NatsServer serve(Shop shop) throws Exception {
        Connection connection = connect();
        Commands commands = keep(shop.commands());
        return keep(NatsCommands.serve(commands, connection, c -> c.prefix(PREFIX)));
    }

    /** A call that failed. */
    private record Failed(long began, long ended, Throwable why) {}

    /** Calls at a steady rate. */
    private final class Load implements AutoCloseable {
        private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger good = new AtomicInteger();
        private final Queue<Failed> failed = new ConcurrentLinkedQueue<>();

        Load() {
            var unused = pace.scheduleAtFixedRate(this::call, 0, PERIOD_MICROS, TimeUnit.MICROSECONDS);
        }

        private void call() {
            long began = System.nanoTime();
            sent.incrementAndGet();
            waiting.incrementAndGet();
            var unused = client.send(Shop.ECHO, new Text("x")).whenComplete((reply, failure) -> {
                if (failure == null) {
                    good.incrementAndGet();
                } else {
                    failed.add(new Failed(began, System.nanoTime(), failure));
                }
                waiting.decrementAndGet();
            });
        }

        /** Waits until so many more calls were sent. */
        void go(int more) {
            int goal = sent.get() + more;
            await(() -> sent.get() >= goal);
        }

        @Override
        public void close() {
            pace.shutdown();
            await(() -> pace.isTerminated() && waiting.get() == 0);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("it takes too long").isNegative();
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void losesNothingWhenInstancesAreReplacedOneAfterTheOther() throws Exception {
        NatsServer first = serve(new Shop());
        NatsServer second = serve(new Shop());
        Load load = new Load();
        try (load) {
            load.go(300);
            first.close();
            load.go(100);
            NatsServer third = serve(new Shop());
            load.go(100);
            second.close();
            load.go(100);
            NatsServer fourth = serve(new Shop());
            load.go(100);
            third.close();
            load.go(200);
            assertThat(fourth.id()).isNotEmpty();
        }
        assertThat(load.failed).isEmpty();
        assertThat(load.good.get()).isEqualTo(load.sent.get()).isGreaterThan(800);
    }

    @Test
    void saysUnavailableWhileTheServerIsAwayAndGoesOnSoonAfter() throws Exception {
        serve(new Shop());
        assertThat(client.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
        node.stop();
        long stopped = System.nanoTime();
        int refused = 0;
        while (System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(10)) {
            long began = System.nanoTime();
            assertThat(catchThrowable(() -> client.call(Shop.ECHO, new Text("x"))))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            refused++;
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(refused).isGreaterThan(10);
        node.startAgain();
        long back = System.nanoTime();
        await(() -> catchThrowable(() -> client.call(Shop.ECHO, new Text("x"))) == null);
        log.info("back after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back));
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void failsWhatIsInFlightWhenTheConnectionBreaks() throws Exception {
        Shop shop = new Shop();
        serve(shop);
        CompletionStage<Reply<Text>> slow = client.send(Shop.SLOW, Nothing.NOTHING);
        assertThat(shop.entered.await(5, TimeUnit.SECONDS)).isTrue();
        node.kill();
        assertThatThrownBy(() -> slow.toCompletableFuture().get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE);
                    assertThat(e.problem().detail()).contains("not known");
                });
        shop.release.countDown();
    }

    @Test
    void doesNotWaitForTheDeadlineWhereTheServerStandsStill() throws Exception {
        serve(new Shop());
        assertThat(client.call(Shop.ECHO, new Text("x"))).isEqualTo(new Text("x"));
        node.pause();
        long began = System.nanoTime();
        Throwable failure =
                catchThrowable(() -> client.timeout(Duration.ofSeconds(50)).call(Shop.ECHO, new Text("x")));
        node.resume();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        await(() -> catchThrowable(() -> client.call(Shop.ECHO, new Text("x"))) == null);
    }
}
