package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.delayed;
import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.testsupport.NatsNode;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of upkeep when servers and leaders go away. */
class KeepFaultsIT {
    private NatsNode node;
    private final List<Keeper> keepers = new ArrayList<>();

    @BeforeEach
    void start() {
        node = NatsNode.start();
    }

    @AfterEach
    void close() {
        keepers.forEach(Keeper::close);
        node.close();
    }

    private Keeper open() {
        Keeper keeper = Keeper.of(node.url(), "t");
        keepers.add(keeper);
        return keeper;
    }

    private Keeper leader() {
        Keeper keeper = open().start();
        until(keeper.store.roster()::isLed);
        return keeper;
    }

    @Test
    void movesDelayedJobsAfterTheServerWasKilled() {
        Keeper keeper = leader();
        long before = keeper.insert(delayed(ofMillis(2_500)));
        long far = keeper.insert(delayed(ofHours(1)));
        node.kill();
        node.startAgain();
        until(() -> keeper.store.wire().connection.getStatistics().getReconnects() > 0);
        until(() -> keeper.work(before) != null);
        long after = keeper.insert(delayed(ofMillis(100)));
        until(() -> keeper.work(after) != null);
        assertThat(keeper.later(far)).isNotNull();
    }

    @Test
    void anotherTakesTheLeadAtOnceWhenTheLeaderCloses() {
        Keeper first = leader();
        Keeper second = open().start();
        long id = second.insert(delayed(ofMillis(500)));
        first.close();
        until(() -> second.work(id) != null);
        Stored moved = Objects.requireNonNull(second.work(id));
        assertThat(moved.time()).isBefore(JobMessages.read(moved).enqueuedAt().plusMillis(1_500));
    }

    @Test
    void anotherTakesTheLeadWhenTheLeaderDies() {
        Keeper first = leader();
        Keeper second = open().start();
        long id = second.insert(delayed(ofMillis(500)));
        first.kill();
        Instant killed = second.store.clock().now();
        until(() -> second.work(id) != null);
        assertThat(Objects.requireNonNull(second.work(id)).time()).isBefore(killed.plusSeconds(9));
    }

    @Test
    void runsEachJobOnceThoughManyLead() throws Exception {
        Keeper producer = open();
        Map<Long, Integer> runs = new HashMap<>();
        List<Long> ids =
                producer
                        .store
                        .insert(IntStream.range(0, 3_000)
                                .mapToObj(i -> delayed(ofMillis(1_500)))
                                .toList())
                        .stream()
                        .map(EnqueuedJob::id)
                        .toList();
        for (int i = 0; i < 3; i++) {
            open().start();
        }
        JetStreamSubscription subscription = producer.store
                .wire()
                .connection
                .jetStream()
                .subscribe(null, PullSubscribeOptions.bind("t-work", "q-n"));
        long end = System.nanoTime() + ofSeconds(15).toNanos();
        while (System.nanoTime() < end && runs.size() < ids.size()) {
            producer.store.controls().delete(Roster.LEADER);
            for (Message message : subscription.fetch(200, ofMillis(200))) {
                runs.merge(Names.id(message.getSubject()), 1, Integer::sum);
                message.ackSync(ofSeconds(5));
            }
        }
        until(() -> producer.count("t-later") == 0);
        for (Message message : subscription.fetch(200, ofMillis(500))) {
            runs.merge(Names.id(message.getSubject()), 1, Integer::sum);
        }
        assertThat(runs.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void forgetsWhoIsSilentButOnlyWhenSteady() {
        Keeper keeper = leader();
        Roster.Card card =
                new Roster.Card(77, "gone", List.of("q"), Instant.now(), Instant.now(), 0, false, ofMillis(800));
        keeper.store.controls().put(Roster.WORKER + 77, card.write());
        Instant written = keeper.store.clock().now();
        until(() -> keeper.store.roster().workers().containsKey(77L));
        until(() -> isForgotten(keeper));
        assertThat(keeper.store.clock().now()).isAfter(written.plusMillis(2_400));
        keeper.store.controls().put(Roster.WORKER + 77, card.write());
        Instant silent = Instant.now();
        node.kill();
        until(() -> Instant.now().isAfter(silent.plusMillis(2_500)));
        node.startAgain();
        until(() -> keeper.store.wire().connection.getStatistics().getReconnects() > 0);
        Instant back = Instant.now();
        until(() -> isForgotten(keeper));
        assertThat(Instant.now()).isAfter(back.plusMillis(2_300));
    }

    private static boolean isForgotten(Keeper keeper) {
        try {
            return keeper.store.controls().get(Roster.WORKER + 77) == null;
        } catch (JobException e) {
            return false; // between a reconnection and the next question
        }
    }
}
