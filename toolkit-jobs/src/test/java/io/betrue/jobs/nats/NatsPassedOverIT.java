package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.Settlement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a session holds where the first in the queue are of a type that has no room. */
class NatsPassedOverIT extends SessionFixture {
    private static final int SLOTS = 4;

    private static NewJob ofType(String type) {
        return new NewJob(type, 1, "q", 0, 3, ofSeconds(30), "{}", List.of(), null, null, null, null, null);
    }

    private void insert(String type, int count) {
        store.insert(Stream.generate(() -> ofType(type)).limit(count).toList());
    }

    /** Claims as a worker does that has a limit of 1 for a type, and four slots. */
    private static List<ClaimedJob> claim(NatsSession session, Set<ClaimedJob> running) {
        boolean rareRuns = running.stream().anyMatch(job -> job.type().equals("rare"));
        int room = SLOTS - running.size();
        List<Lane> lanes = new ArrayList<>();
        if (!rareRuns) {
            lanes.add(new Lane("q", 1, "rare", Set.of()));
        }
        lanes.add(new Lane("q", rareRuns ? room : room - 1, null, Set.of("rare")));
        return session.claim(lanes.stream().filter(lane -> lane.room() > 0).toList());
    }

    @Test
    void holdsNoMoreThanItHasSlots() {
        insert("rare", 100);
        insert("usual", 100);
        NatsSession session = (NatsSession) open();
        Set<ClaimedJob> running = new HashSet<>();
        int usual = 0;
        for (long end = System.nanoTime() + ofSeconds(30).toNanos(); usual < 100 && System.nanoTime() < end; ) {
            if (running.size() < SLOTS) {
                running.addAll(claim(session, running));
            }
            until(() ->
                    session.held.all().size() <= SLOTS); // what goes back is still held until the server has heard it
            List<ClaimedJob> ended =
                    running.stream().filter(job -> job.type().equals("usual")).toList();
            session.settle(ended.stream()
                    .map(job -> new Settlement(job, new JobOutcome.Succeeded(null)))
                    .toList());
            ended.forEach(running::remove);
            usual += ended.size();
            session.beat(false, running.size());
        }
        assertThat(usual).isEqualTo(100);
        assertThat(running).hasSize(1);
    }
}
