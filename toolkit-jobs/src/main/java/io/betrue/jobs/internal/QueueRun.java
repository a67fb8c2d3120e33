package io.betrue.jobs.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One queue in one worker: how many of its jobs it holds, and which wait for a thread. A job counts from its claim until its outcome is stored. Safe for
 * use by multiple threads.
 */
final class QueueRun {
    /** More rows a claim make PostgreSQL plan it badly, and gain nothing. */
    private static final int LARGEST_CLAIM = 250;

    private static final double AHEAD_NANOS = 50e6;
    private static final double OLD_WEIGHT = 0.9;

    final String queue;
    private final int slots;
    private final int prefetch;
    private final Map<String, Integer> limits;
    private final ArrayDeque<ClaimedJob> buffer = new ArrayDeque<>();
    private final Map<String, Integer> heldOfType = new HashMap<>();
    private int held;
    private int running;
    private int threads;
    private double meanNanos = AHEAD_NANOS;
    private boolean mayHaveMore = true;
    private boolean paused;
    private int turn; // so that a limited type and the others take turns when there is little room

    QueueRun(String queue, int slots, int prefetch, Map<String, Integer> limits) {
        this.queue = queue;
        this.slots = slots;
        this.prefetch = prefetch;
        this.limits = limits;
    }

    /** Adds what this queue takes now; nothing while there is too little room to be worth a statement. */
    synchronized void addLanes(List<Lane> lanes, boolean eager) {
        int room = room();
        if (!mayHaveMore || paused || room <= 0 || (!eager && room < Math.min(LARGEST_CLAIM, capacity() / 4))) {
            return;
        }
        turn++;
        List<@Nullable String> wanted = new ArrayList<>(limits.keySet());
        wanted.add(null);
        for (int i = 0; i < wanted.size() && room > 0; i++) {
            String type = wanted.get(Math.floorMod(i + turn, wanted.size()));
            int share = (room + wanted.size() - i - 1) / (wanted.size() - i);
            int free = type == null ? LARGEST_CLAIM : limits.getOrDefault(type, 0) - heldOfType.getOrDefault(type, 0);
            int taken = Math.min(share, free);
            if (taken > 0) {
                lanes.add(new Lane(queue, taken, type, type == null ? limits.keySet() : Set.of()));
                room -= taken;
            }
        }
    }

    synchronized boolean hasRoomForKnownWork() {
        return mayHaveMore && !paused && room() > 0;
    }

    private int room() {
        return capacity() - held;
    }

    /** Slots, and as many jobs as the threads will have begun within some 50 ms. */
    private int capacity() {
        return slots + (int) Math.min(prefetch, slots * (AHEAD_NANOS / meanNanos) - slots);
    }

    /** {@return how many threads to start for the jobs taken in} */
    synchronized int accept(List<ClaimedJob> jobs) {
        buffer.addAll(jobs);
        held += jobs.size();
        jobs.forEach(job -> heldOfType.merge(job.type(), 1, Integer::sum));
        int more = Math.min(slots - threads, buffer.size());
        threads += more;
        return more;
    }

    /** {@return the next job for a thread, or {@code null}: then the thread must end} */
    synchronized @Nullable ClaimedJob next() {
        ClaimedJob job = buffer.poll();
        if (job == null) {
            threads--;
        } else {
            running++;
        }
        return job;
    }

    /** A thread could not be started. */
    synchronized void threadLost() {
        threads--;
    }

    synchronized void ran(long nanos) {
        running--;
        meanNanos = Math.max(1, OLD_WEIGHT * meanNanos + (1 - OLD_WEIGHT) * nanos);
    }

    synchronized void stored(ClaimedJob job) {
        held--;
        heldOfType.computeIfPresent(job.type(), (type, count) -> count == 1 ? null : count - 1);
    }

    /** {@return what waits for a thread, which is taken out; it still counts as held} */
    synchronized List<ClaimedJob> drainBuffer() {
        List<ClaimedJob> jobs = new ArrayList<>(buffer);
        buffer.clear();
        return jobs;
    }

    synchronized void mayHaveMore(boolean more) {
        mayHaveMore = more;
    }

    synchronized void paused(boolean now) {
        paused = now;
    }

    synchronized int running() {
        return running;
    }

    synchronized int buffered() {
        return buffer.size();
    }

    synchronized int held() {
        return held;
    }
}
