package io.betrue.jobs.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One queue in one worker: which of its jobs it holds, and which wait for a thread. A job is held from its claim until its outcome is stored; its slot is
 * free again when its handler has ended, as long as no more outcomes wait to be stored than there are slots. Each limited type, and all the others together,
 * is asked for by a lane of its own, and remembers by itself whether there may be more. Safe for use by multiple threads.
 */
final class QueueRun {
    /** More rows a claim gain nothing, and keep the first ones waiting. */
    private static final int LARGEST_CLAIM = 500;

    private static final double AHEAD_NANOS = 50e6;
    private static final long LONGEST_BUFFERED_NANOS = 500_000_000;
    private static final double WORTH_A_THREAD_NANOS = 200e3;
    /** Until it is known how long jobs take, or as long as they take no time. */
    private static final int FEW_THREADS = Runtime.getRuntime().availableProcessors();
    /** So that one job which was held up does not count for many. */
    private static final double MOST_TIMES_LONGER = 10;

    private static final double QUICK_NANOS = 20e3;
    /** A job before them may be slower than others were. */
    static final long LATE_NANOS = 1_000_000;

    private static final double OLD_WEIGHT = 0.9;
    private static final String OTHERS = ""; // no type is called so

    final String queue;
    private final int slots;
    private final int prefetch;
    private final TypeLimits limits;
    private final boolean each; // whether kinds can be asked for one without the others
    private final List<String> kinds;
    private final Set<String> mayHaveMore; // of kinds
    private final ArrayDeque<ClaimedJob> buffer = new ArrayDeque<>();
    private final Set<ClaimedJob> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private int unsettled; // begun, and their outcome is not yet known
    private int threads;
    private double meanNanos = AHEAD_NANOS;
    private boolean measured; // whether the mean is of jobs
    private long lastTaken = System.nanoTime();
    private boolean paused;
    private int turn; // so that kinds take turns when there is little room

    QueueRun(String queue, int slots, int prefetch, TypeLimits limits, boolean each) {
        this.queue = queue;
        this.slots = slots;
        this.prefetch = prefetch;
        this.limits = limits;
        this.each = each;
        List<String> all = new ArrayList<>(limits.types());
        all.add(OTHERS);
        this.kinds = List.copyOf(all);
        this.mayHaveMore = new HashSet<>(all);
    }

    /** Adds what this queue takes now; nothing while there is too little room to be worth a statement. */
    synchronized void addLanes(List<Lane> lanes, boolean eager) {
        int room = room();
        if (paused || room <= 0 || (!eager && room < Math.min(LARGEST_CLAIM, capacity() / 4))) {
            return;
        }
        List<String> wanted = wanted(lanes);
        turn++;
        for (int i = 0; i < wanted.size() && room > 0; i++) {
            String kind = wanted.get(Math.floorMod(i + turn, wanted.size()));
            int left = wanted.size() - i;
            int share = Math.min((room + left - 1) / left, free(kind, lanes));
            lanes.add(
                    kind.equals(OTHERS)
                            ? new Lane(queue, share, null, limits.types())
                            : new Lane(queue, share, kind, Set.of()));
            room -= share;
        }
    }

    private List<String> wanted(List<Lane> lanes) {
        List<String> open = kinds.stream().filter(kind -> free(kind, lanes) > 0).toList();
        List<String> worthwhile = open.stream().filter(mayHaveMore::contains).toList();
        return each || worthwhile.isEmpty() ? worthwhile : open;
    }

    private int free(String kind, List<Lane> lanes) {
        return kind.equals(OTHERS) ? LARGEST_CLAIM : limits.free(kind, lanes);
    }

    synchronized boolean hasRoomForKnownWork() {
        return !paused && room() > 0 && !wanted(List.of()).isEmpty();
    }

    private int room() {
        int ended = held.size() - buffer.size() - unsettled;
        return capacity() - held.size() + Math.max(0, Math.min(slots, ended));
    }

    /** Slots, and as many jobs as the threads will have begun within some 50 ms. */
    private int capacity() {
        double ahead = slots * (AHEAD_NANOS / meanNanos) - slots;
        return slots + (int) Math.max(0, Math.min(prefetch, ahead));
    }

    /** {@return how many threads to start for the jobs taken in} */
    synchronized int accept(List<ClaimedJob> jobs) {
        if (buffer.isEmpty()) {
            lastTaken = System.nanoTime();
        }
        buffer.addAll(jobs);
        held.addAll(jobs);
        jobs.forEach(job -> limits.took(job.type()));
        int more = Math.min(slots - threads, Math.min(buffer.size(), worthwhile()));
        threads += more;
        return more;
    }

    /** To wake a thread costs more than many a job: a thread for each fifth of a millisecond of work. Those that are late get theirs soon. */
    private int worthwhile() {
        int worth = 1 + (int) Math.min(slots, buffer.size() * meanNanos / WORTH_A_THREAD_NANOS);
        return measured && meanNanos > QUICK_NANOS ? worth : Math.min(FEW_THREADS, worth);
    }

    /** {@return how many threads to start for jobs that wait although they should have been begun by now} */
    synchronized int threadsForLate(long now) {
        if (buffer.isEmpty() || now - lastTaken < LATE_NANOS) {
            return 0;
        }
        int more = Math.min(slots - threads, buffer.size());
        threads += more;
        return more;
    }

    /** {@return whether jobs wait for a thread, and more threads may be started} */
    synchronized boolean mayBeLate() {
        return !buffer.isEmpty() && threads < slots;
    }

    /** {@return the next job for a thread, or {@code null}: then the thread must end} */
    synchronized @Nullable ClaimedJob next() {
        ClaimedJob job = buffer.poll();
        if (job == null) {
            threads--;
        } else {
            unsettled++;
            lastTaken = System.nanoTime();
        }
        return job;
    }

    /** Threads could not be started. */
    synchronized void threadsLost(int count) {
        threads -= count;
    }

    synchronized void ran(long nanos) {
        double counted = Math.min((double) nanos, MOST_TIMES_LONGER * meanNanos);
        meanNanos = Math.max(1, OLD_WEIGHT * meanNanos + (1 - OLD_WEIGHT) * counted);
        measured = true;
    }

    /** {@return whether jobs wait for a thread that end as soon as they begin} */
    synchronized boolean hasQuickOnes() {
        return !buffer.isEmpty() && meanNanos < QUICK_NANOS;
    }

    /** {@return whether nothing that was begun is without outcome any more} */
    synchronized boolean settled() {
        unsettled--;
        return unsettled == 0;
    }

    synchronized void stored(ClaimedJob job) {
        if (held.remove(job)) {
            limits.done(job.type());
        }
    }

    /** {@return what waits for a thread, which is taken out; it still counts as held} */
    synchronized List<ClaimedJob> drainBuffer() {
        List<ClaimedJob> jobs = List.copyOf(buffer);
        buffer.clear();
        return jobs;
    }

    /** {@return what waits for a thread when handlers have become so slow that others should have it, which is taken out as by {@link #drainBuffer}} */
    synchronized List<ClaimedJob> drainStuckBuffer(long now) {
        if (buffer.isEmpty() || now - lastTaken < LONGEST_BUFFERED_NANOS) {
            return List.of();
        }
        meanNanos = Math.max(meanNanos, AHEAD_NANOS);
        mayHaveMore();
        return drainBuffer();
    }

    synchronized void mayHaveMore() {
        mayHaveMore.addAll(kinds);
    }

    /** Whether a kind has more jobs than a claim brought. */
    synchronized void mayHaveMore(Lane lane, boolean more) {
        String kind = lane.onlyType() == null ? OTHERS : lane.onlyType();
        if (more) {
            mayHaveMore.add(kind);
        } else {
            mayHaveMore.remove(kind);
        }
    }

    synchronized void paused(boolean now) {
        if (paused && !now) {
            mayHaveMore();
        }
        paused = now;
    }

    synchronized int unsettled() {
        return unsettled;
    }

    synchronized int buffered() {
        return buffer.size();
    }

    synchronized int held() {
        return held.size();
    }

    synchronized void addHeldIds(Set<Long> ids) {
        held.forEach(job -> ids.add(job.id()));
    }
}
