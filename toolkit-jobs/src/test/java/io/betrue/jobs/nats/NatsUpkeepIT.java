package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.delayed;
import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.TestNats;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one worker does for all. */
class NatsUpkeepIT {
    private String namespace;
    private Keeper keeper;

    /** {@return the server that the tests are run against} */
    TestNats nats() {
        return TestNats.shared();
    }

    @BeforeEach
    void open() {
        namespace = nats().namespace();
        keeper = Keeper.of(nats().url(), namespace);
    }

    @AfterEach
    void close() {
        Namespaces.remove(keeper.store.wire().connection, namespace);
        keeper.close();
    }

    @Test
    void movesAJobWhenItIsDue() {
        keeper.start();
        long id = keeper.insert(delayed(ofMillis(300)));
        Stored later = Objects.requireNonNull(keeper.later(id));
        until(() -> keeper.work(id) != null);
        Stored work = Objects.requireNonNull(keeper.work(id));
        Instant due = Objects.requireNonNull(JobMessages.runAt(later.headers()));
        assertThat(work.time()).isBetween(due.minusMillis(5), due.plusMillis(250));
        Entry entry = JobMessages.read(work);
        assertThat(entry.runAt()).isNull();
        assertThat(entry.enqueuedAt()).isEqualTo(JobMessages.read(later).enqueuedAt());
        until(() -> keeper.later(id) == null);
    }

    @Test
    void asksForAnUpkeepWhenAJobIsDueSooner() throws Exception {
        assertThat(keeper.upkeep.run()).isGreaterThan(ofSeconds(1));
        keeper.insert(delayed(ofHours(1)));
        assertThat(keeper.asked.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
        keeper.insert(delayed(ofMillis(100)));
        assertThat(keeper.asked.tryAcquire(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhenTheNextIsDueTheFirstTime() {
        keeper.insert(delayed(ofHours(1)));
        keeper.insert(delayed(ofMillis(800)));
        assertThat(keeper.upkeep.run()).isBetween(ofMillis(1), ofMillis(801));
    }

    @Test
    void movesTenThousandAtOnce() {
        keeper.store.insert(
                IntStream.range(0, 10_000).mapToObj(i -> delayed(ofMillis(1))).toList());
        long begun = System.nanoTime();
        keeper.start();
        until(() -> keeper.count(keeper.store.names().later) == 0);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(keeper.count(keeper.store.names().work)).isEqualTo(10_000);
        assertThat(took).isLessThan(ofSeconds(10));
    }

    @Test
    void movesARescheduledJobAtItsNewTime() {
        keeper.start();
        long sooner = keeper.insert(delayed(ofHours(1)));
        long later = keeper.insert(delayed(ofMillis(400)));
        reschedule(sooner, ofMillis(200));
        reschedule(later, ofHours(1));
        long last = keeper.insert(delayed(ofMillis(600)));
        until(() -> keeper.work(last) != null);
        assertThat(keeper.work(sooner)).isNotNull();
        assertThat(keeper.work(later)).isNull();
        assertThat(keeper.later(later)).isNotNull();
    }

    private void reschedule(long id, Duration delay) {
        Entry entry = JobMessages.read(Objects.requireNonNull(keeper.later(id)));
        Instant time = keeper.store.clock().now().plus(delay);
        Entry changed = entry.waiting(entry.attempt(), time, null);
        keeper.store
                .wire()
                .publish(keeper.store.names().later("q", id), JobMessages.moved(changed), JobMessages.body(changed));
    }

    @Test
    void waitsForTheEndOfTheLastAttempt() {
        keeper.start();
        long id = keeper.insert(delayed(ofMillis(1)));
        until(() -> keeper.work(id) != null && keeper.later(id) == null);
        Stored running = Objects.requireNonNull(keeper.work(id));
        Entry retried =
                JobMessages.read(running).waiting(1, keeper.store.clock().now(), "boom");
        Names names = keeper.store.names();
        keeper.store.wire().publish(names.later("q", id), JobMessages.moved(retried), JobMessages.body(retried));
        long other = keeper.insert(delayed(ofMillis(600)));
        until(() -> keeper.work(other) != null);
        assertThat(keeper.later(id)).isNotNull();
        assertThat(Objects.requireNonNull(keeper.work(id)).sequence()).isEqualTo(running.sequence());
        keeper.store.wire().delete(names.work, running.sequence());
        until(() -> keeper.later(id) == null);
        assertThat(JobMessages.read(Objects.requireNonNull(keeper.work(id))).attempt())
                .isEqualTo(1);
    }
}
