package io.betrue.jobs.postgres;

import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How far a worker that takes many jobs at a time has come in each of its lanes. Rows that were taken stay in the index until the next vacuum; to begin
 * behind them saves passing over thousands of them at each claim. What comes to stand before a mark meanwhile, as a more urgent job does, is found after 50
 * ms: then a claim begins at the beginning. Safe for use by multiple threads.
 */
final class Marks {
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Smaller claims are too few to gain by it, and stay strictly in order. */
    private static final int LEAST_ROOM = 100;

    private final LongSupplier nanoTime;
    private final Map<Lane, Mark> marks = new HashMap<>();

    /**
     * Where a lane is to be gone on with.
     *
     * @param priority of the last job taken
     * @param id of the last job taken
     * @param since when the lane was last looked at from the beginning
     */
    record Mark(short priority, long id, long since) {}

    Marks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** {@return a mark for each lane; none where one of them has none that is young enough} */
    synchronized List<Mark> of(List<Lane> lanes) {
        long now = nanoTime.getAsLong();
        List<Mark> young = lanes.stream()
                .map(lane -> marks.get(key(lane)))
                .filter(mark -> mark != null && now - mark.since < HOLD_NANOS)
                .toList();
        return young.size() == lanes.size() ? young : List.of();
    }

    /**
     * Moves marks behind the last job of each lane that got all it asked for: then there may be more.
     *
     * @param began where the claim began; empty for the beginning
     * @param jobs what it brought
     * @param priorities those of the jobs
     */
    synchronized void move(List<Lane> lanes, List<Mark> began, List<ClaimedJob> jobs, List<Integer> priorities) {
        long now = nanoTime.getAsLong();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            int last = IntStream.range(0, jobs.size())
                    .filter(job -> lane.takes(jobs.get(job)))
                    .reduce(-1, (before, job) -> job);
            if (lane.room() < LEAST_ROOM || lacks(lane, jobs) > 0) {
                marks.remove(key(lane));
            } else {
                long since = began.isEmpty() ? now : began.get(i).since;
                marks.put(
                        key(lane),
                        new Mark(
                                priorities.get(last).shortValue(),
                                jobs.get(last).id(),
                                since));
            }
        }
    }

    /** {@return lanes for what others did not get} */
    static List<Lane> lacking(List<Lane> lanes, List<ClaimedJob> jobs) {
        return lanes.stream()
                .filter(lane -> lacks(lane, jobs) > 0)
                .map(lane -> new Lane(lane.queue(), lacks(lane, jobs), lane.onlyType(), lane.otherTypes()))
                .toList();
    }

    private static int lacks(Lane lane, List<ClaimedJob> jobs) {
        return lane.room() - (int) jobs.stream().filter(lane::takes).count();
    }

    private static Lane key(Lane lane) {
        return new Lane(lane.queue(), 1, lane.onlyType(), lane.otherTypes());
    }
}
