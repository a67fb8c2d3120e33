package io.betrue.jobs.internal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.WorkerConfig.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which jobs a worker gets. */
abstract class ClaimContract extends StoreContract {
    @Test
    void givesTheHigherPriorityFirstThenTheOlder() {
        long low = insert(typed("t", "q", -5));
        long first = insert(typed("t", "q", 0));
        long second = insert(typed("t", "q", 0));
        long high = insert(typed("t", "q", 9));
        StoreSession session = open();
        assertThat(claim(session, 3)).extracting(ClaimedJob::id).containsExactly(high, first, second);
        assertThat(claim(session, 3)).extracting(ClaimedJob::id).containsExactly(low);
        assertThat(claim(session, 3)).isEmpty();
    }

    @Test
    void givesNoJobTwiceAndNoneToOtherQueues() throws Exception {
        store().insert(IntStream.range(0, 2_000).mapToObj(i -> job("" + i)).toList());
        insert(typed("t", "other", 0));
        List<StoreSession> sessions = List.of(open(), open(), open(), open());
        List<Long> all = inParallel(4, thread -> {
            List<Long> mine = new ArrayList<>();
            List<ClaimedJob> jobs = claim(sessions.get(thread), 37);
            while (!jobs.isEmpty()) {
                jobs.forEach(job -> mine.add(job.id()));
                jobs = claim(sessions.get(thread), 37);
            }
            return mine;
        });
        assertThat(all).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void passesOverPausedQueuesUntilTheyAreResumed() {
        insert(job("x"));
        StoreSession session = open();
        control().pause("q");
        control().pause("q");
        assertThat(claim(session, 1)).isEmpty();
        assertThat(session.beat(false, 0).paused()).containsExactly("q");
        assertThat(queue("q").paused()).isTrue();
        control().resume("q");
        assertThat(session.beat(false, 0).paused()).isEmpty();
        assertThat(claim(session, 1)).hasSize(1);
    }

    @Test
    void givesOnlyTheTypesOfALane() {
        insert(typed("a", "q", 0));
        long b = insert(typed("b", "q", 0));
        long c = insert(typed("c", "q", 0));
        StoreSession session = open();
        assertThat(session.claim(List.of(new Lane("q", 5, null, Set.of("a", "b")))))
                .extracting(ClaimedJob::id)
                .containsExactly(c);
        assertThat(session.claim(List.of(new Lane("q", 5, "b", Set.of()), new Lane("q", 5, "z", Set.of()))))
                .extracting(ClaimedJob::id)
                .containsExactly(b);
        assertThat(session.claim(List.of(new Lane("q", 1, null, Set.of("b")), new Lane("q", 1, "b", Set.of()))))
                .extracting(ClaimedJob::type)
                .containsExactly("a");
    }

    @Test
    void holdsOneRateOverAllSessions() throws Exception {
        store().insert(IntStream.range(0, 50).mapToObj(i -> job("" + i)).toList());
        Map<String, Rate> rates = Map.of("q", new Rate(10, ofHours(10)));
        List<StoreSession> sessions = List.of(open(new Ear(), BEAT, rates, "q"), open(new Ear(), BEAT, rates, "q"));
        List<Long> started = inParallel(2, thread -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                claim(sessions.get(thread), 3).forEach(job -> mine.add(job.id()));
            }
            return mine;
        });
        assertThat(started).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void saysWhenARateLetsMoreStart() throws Exception {
        store().insert(List.of(job("1"), job("2"), job("3")));
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of("q", new Rate(1, ofMillis(200))), "q");
        assertThat(claim(session, 2)).hasSize(1);
        assertThat(claim(session, 2)).isEmpty();
        ear.heard.clear();
        ear.await("jobs q");
        until(session, () -> claim(session, 1).size() == 1);
    }
}
