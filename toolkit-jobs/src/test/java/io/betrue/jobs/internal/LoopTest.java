package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final long PATIENCE_SECONDS = 20;

    private static final class TestLoop extends Loop {
        private final Step step;
        final AtomicInteger steps = new AtomicInteger();

        interface Step {
            void run(int number, Loop loop, long seen) throws InterruptedException;
        }

        TestLoop(Signal bell, Pauses pauses, Step step) {
            super("jobs-test", bell, pauses);
            this.step = step;
        }

        @Override
        void step(long seen) throws InterruptedException {
            step.run(steps.incrementAndGet(), this, seen);
        }

        @Override
        void failed(RuntimeException failure) {}
    }

    private static Pauses pauses(Duration time) {
        return new Pauses(time, time, new Random(1));
    }

    private static void within(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void endsWhenItIsStoppedJustBeforeItWaits() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch rung = new CountDownLatch(1);
        // whoever stops it does so wholly while it asks how often the bell has rung
        Signal bell = new Signal() {
            @Override
            long rings() {
                asked.countDown();
                within(rung);
                return super.rings();
            }

            @Override
            void ring() {
                super.ring();
                rung.countDown();
            }
        };
        TestLoop loop = new TestLoop(
                bell, pauses(Duration.ofMillis(1)), (number, self, seen) -> self.bell.await(seen, Long.MAX_VALUE));
        loop.start();
        within(asked);
        Thread stopper = new Thread(loop::stop);
        stopper.setDaemon(true);
        stopper.start();

        join(stopper);
    }

    @Test
    void doesNotStartAfterItWasStopped() {
        TestLoop loop = new TestLoop(new Signal(), pauses(Duration.ofMillis(1)), (number, self, seen) -> {});
        loop.stop();
        loop.start();
        loop.stop();

        assertThat(loop.steps).hasValue(0);
    }

    @Test
    void triesAgainAtOnceWhenToldToHurry() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        TestLoop loop = new TestLoop(new Signal(), pauses(Duration.ofHours(1)), (number, self, seen) -> {
            first.countDown();
            second.countDown();
            throw new IllegalStateException("step " + number);
        });
        loop.start();
        within(first);
        loop.hurry();
        within(second);

        Thread stopper = new Thread(loop::stop);
        stopper.start();
        join(stopper);
        assertThat(loop.steps.get()).isEqualTo(2);
    }

    @Test
    void pausesBrieflyAgainAfterASuccess() {
        // each third step is a success: were the pauses not reset, they would double sixty times
        Pauses pauses = new Pauses(Duration.ofNanos(1), Duration.ofHours(1), new Random(1));
        CountDownLatch last = new CountDownLatch(1);
        TestLoop loop = new TestLoop(new Signal(), pauses, (number, self, seen) -> {
            if (number == 90) {
                last.countDown();
                self.bell.await(seen, Long.MAX_VALUE);
            } else if (number % 3 > 0) {
                throw new IllegalStateException("step " + number);
            }
        });
        loop.start();
        within(last);
        loop.stop();
    }
}
