package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.KeyValueWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a process takes to be so of the control bucket. */
class RosterTest {
    private static final byte[] SOMETHING = {};

    private final Roster roster = new Roster();

    private void tell(String key, long revision, byte @Nullable [] value) {
        roster.changed(key, revision, value, Instant.EPOCH);
    }

    private static String pause(String queue) {
        return Roster.PAUSE + Names.token(queue);
    }

    @Test
    void dropsWhatItIsNotToldAgain() {
        roster.begin();
        tell(pause("a.b"), 1, SOMETHING);
        tell(pause("c"), 2, SOMETHING);
        tell(Roster.WORKER + 7, 3, card(0, 1).write());
        tell(Roster.LEADER, 4, SOMETHING);
        List<String> heard = new ArrayList<>();
        roster.follow(heard::add);

        KeyValueWatcher again = roster.begin();
        tell(pause("c"), 2, SOMETHING);
        assertThat(roster.paused()).as("until all was told").containsExactlyInAnyOrder("a.b", "c");
        again.endOfData();

        assertThat(roster.paused()).containsExactly("c");
        assertThat(roster.workers()).isEmpty();
        assertThat(roster.isLed()).isFalse();
        assertThat(heard).containsExactlyInAnyOrder(pause("c"), pause("a.b"), Roster.WORKER + 7, Roster.LEADER);
    }

    @Test
    void keepsWhatThisProcessHasChangedWhileItIsToldAgain() {
        roster.begin();
        KeyValueWatcher again = roster.begin();
        tell(pause("mine"), 9, SOMETHING);

        again.endOfData();

        assertThat(roster.paused()).containsExactly("mine");
    }

    @Test
    void doesNotListenToTheWatchBefore() {
        KeyValueWatcher before = roster.begin();
        tell(pause("q"), 1, SOMETHING);
        roster.begin();

        before.endOfData();

        assertThat(roster.paused()).as("it does not say that this was all").containsExactly("q");
    }

    private static Roster.Card card(int running, int queues) {
        List<String> names =
                IntStream.range(0, queues).mapToObj(i -> "queue" + i).toList();
        return new Roster.Card(
                7, "worker", names, Instant.EPOCH, Instant.EPOCH, running, false, Duration.ofSeconds(10));
    }

    @Test
    void keepsTheLaterOfTwoChangesAlsoWhileTheEarlierIsStillRead() throws Exception {
        String key = Roster.WORKER + 7;
        byte[] slow = card(1, 300_000).write();
        byte[] quick = card(2, 1).write();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 1; i <= 10; i++) {
                long revision = 2L * i;
                CountDownLatch begins = new CountDownLatch(1);
                Future<?> earlier = other.submit(() -> {
                    begins.countDown();
                    tell(key, revision, slow);
                });
                assertThat(begins.await(20, TimeUnit.SECONDS)).isTrue();
                LockSupport.parkNanos(1_000_000); // it is at it now, as a rule
                tell(key, revision + 1, quick);
                earlier.get(20, TimeUnit.SECONDS);
                assertThat(roster.workers().values())
                        .extracting(Roster.Card::running)
                        .containsExactly(2);
            }
        } finally {
            other.shutdownNow();
        }
    }
}
