package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final Lane LANE = new Lane("q", 100, null, Set.of());

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10); // it may run over
    private final Marks marks = new Marks(clock::get);

    @Test
    void goesOnBehindTheLastJob() {
        claim(LANE, List.of(), 1, 100);
        assertThat(marks.of(List.of(LANE)))
                .singleElement()
                .satisfies(mark -> assertThat(mark.id()).isEqualTo(100))
                .satisfies(mark -> assertThat(mark.priority()).isEqualTo((short) 5));
    }

    @Test
    void beginsAnewAfterAWhileHoweverOftenItWentOn() {
        claim(LANE, List.of(), 1, 100);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(49));
        List<Marks.Mark> held = marks.of(List.of(LANE));
        assertThat(held).hasSize(1);
        claim(LANE, held, 101, 100);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(marks.of(List.of(LANE))).isEmpty();
    }

    @Test
    void beginsAnewWhenALaneGotLessThanItAskedFor() {
        claim(LANE, List.of(), 1, 100);
        claim(LANE, marks.of(List.of(LANE)), 101, 99);
        assertThat(marks.of(List.of(LANE))).isEmpty();
    }

    @Test
    void keepsSmallClaimsInOrder() {
        Lane small = new Lane("q", 99, null, Set.of());
        claim(small, List.of(), 1, 99);
        assertThat(marks.of(List.of(small))).isEmpty();
    }

    @Test
    void holdsForAllLanesOrNone() {
        claim(LANE, List.of(), 1, 100);
        assertThat(marks.of(List.of(LANE, new Lane("other", 100, null, Set.of()))))
                .isEmpty();
    }

    @Test
    void tellsTypesOfAQueueApart() {
        claim(LANE, List.of(), 1, 100);
        assertThat(marks.of(List.of(new Lane("q", 100, "t", Set.of())))).isEmpty();
        assertThat(marks.of(List.of(new Lane("q", 7, null, Set.of())))).hasSize(1);
    }

    @Test
    void asksAgainForWhatLanesDidNotGet() {
        Lane other = new Lane("other", 3, null, Set.of());
        assertThat(Marks.lacking(List.of(LANE, other), jobs(1, 60)))
                .containsExactly(new Lane("q", 40, null, Set.of()), other);
        assertThat(Marks.lacking(List.of(LANE), jobs(1, 100))).isEmpty();
    }

    private void claim(Lane lane, List<Marks.Mark> began, int first, int count) {
        marks.move(List.of(lane), began, jobs(first, count), Collections.nCopies(count, 5));
    }

    private static List<ClaimedJob> jobs(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(id ->
                        new ClaimedJob(id, 1, "t", 1, "q", 1, 3, Duration.ZERO, "{}", List.of(), Instant.EPOCH, null))
                .toList();
    }
}
