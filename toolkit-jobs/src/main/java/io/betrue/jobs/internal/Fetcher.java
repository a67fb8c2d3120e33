package io.betrue.jobs.internal;

import io.betrue.jobs.JobException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims jobs while there is room, at once when idle, in worthwhile numbers under load. */
final class Fetcher extends Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    private static final String WHAT = "take jobs";
    private static final long COOL_NANOS = 10_000_000;
    private static final long BUFFER_CHECK_NANOS = 500_000_000;
    /** A claim whose answer was lost may be carried out some time after. */
    private static final long SECOND_SWEEP_NANOS = 30_000_000_000L;

    private final EngineWorker worker;
    private final HandlerPool pool;
    private final Runner runner;
    private final List<QueueRun> queues;
    private boolean eager = true;
    private int turn; // so that queues take turns where they share a limited type
    private long lastClaim = System.nanoTime();
    private long nextPoll = System.nanoTime();
    private int sweeps;
    private long nextSweep;

    Fetcher(EngineWorker worker, HandlerPool pool, Runner runner) {
        super("jobs-fetch");
        this.worker = worker;
        this.pool = pool;
        this.runner = runner;
        this.queues = List.copyOf(worker.queues.values());
    }

    /** There may be jobs, or room for them. */
    void look() {
        bell.ring();
    }

    @Override
    void step(long seen) throws InterruptedException {
        long now = System.nanoTime();
        if (now - nextPoll >= 0) {
            nextPoll = now + EngineWorker.nanos(worker.config.poll());
            eager = true;
            queues.forEach(QueueRun::mayHaveMore);
        }
        if (sweeps > 0 && now - nextSweep >= 0) {
            sweep();
        }
        for (QueueRun queue : queues) {
            start(queue, queue.threadsForLate(now));
            runner.release(queue.drainStuckBuffer(now));
        }
        List<Lane> lanes = lanes();
        if (lanes.isEmpty()) {
            await(seen, now);
        } else {
            claim(lanes);
        }
    }

    private List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        turn++;
        for (int i = 0; i < queues.size(); i++) {
            queues.get(Math.floorMod(i + turn, queues.size())).addLanes(lanes, eager);
        }
        return lanes;
    }

    private void await(long seen, long now) throws InterruptedException {
        long wait = nextPoll - now;
        if (!eager && queues.stream().anyMatch(QueueRun::hasRoomForKnownWork)) {
            long cool = lastClaim + COOL_NANOS - now;
            eager = cool <= 0;
            wait = Math.min(wait, cool);
        }
        if (queues.stream().anyMatch(queue -> queue.buffered() > 0)) {
            wait = Math.min(wait, BUFFER_CHECK_NANOS);
        }
        if (queues.stream().anyMatch(QueueRun::mayBeLate)) {
            wait = Math.min(wait, QueueRun.LATE_NANOS);
        }
        if (sweeps > 0) {
            wait = Math.min(wait, nextSweep - now);
        }
        bell.await(seen, wait);
    }

    /** Gives back what the store thinks this worker has, since the answer to a claim was lost. */
    private void sweep() {
        Set<Long> held = new HashSet<>();
        queues.forEach(queue -> queue.addHeldIds(held));
        worker.session().giveBackAllBut(held);
        sweeps--;
        nextSweep = System.nanoTime() + SECOND_SWEEP_NANOS;
    }

    private void claim(List<Lane> lanes) {
        lastClaim = System.nanoTime();
        // before the claim, so that a wake-up during it is not forgotten
        lanes.forEach(lane -> worker.queue(lane.queue()).mayHaveMore(lane, false));
        List<ClaimedJob> jobs;
        try {
            jobs = worker.session().claim(lanes);
        } catch (RuntimeException | Error e) {
            lanes.forEach(lane -> worker.queue(lane.queue()).mayHaveMore(lane, true));
            sweeps = 2;
            nextSweep = System.nanoTime();
            throw e;
        }
        lanes.stream()
                .filter(lane -> countOf(lane, jobs) >= lane.room())
                .forEach(lane -> worker.queue(lane.queue()).mayHaveMore(lane, true));
        eager = jobs.isEmpty();
        start(jobs);
        worker.troubles.over(WHAT);
    }

    private static long countOf(Lane lane, List<ClaimedJob> jobs) {
        return jobs.stream().filter(lane::takes).count();
    }

    private void start(List<ClaimedJob> jobs) {
        Map<QueueRun, List<ClaimedJob>> taken = new LinkedHashMap<>();
        for (ClaimedJob job : jobs) {
            QueueRun queue = worker.queues.get(job.queue());
            if (queue == null) {
                LOG.error("The store handed out job {} of queue {} unasked; it goes back", job.id(), job.queue());
                runner.release(List.of(job));
            } else {
                taken.computeIfAbsent(queue, key -> new ArrayList<>()).add(job);
            }
        }
        RuntimeException refused = null;
        for (Map.Entry<QueueRun, List<ClaimedJob>> entry : taken.entrySet()) {
            RuntimeException failure = start(entry.getKey(), entry.getKey().accept(entry.getValue()));
            refused = failure == null ? refused : failure;
        }
        if (refused != null) {
            throw new JobException("the executor refused a thread: " + refused, refused);
        }
    }

    /** Starts threads; where it cannot, the jobs that wait for one go back, so that other workers can have them. */
    private @Nullable RuntimeException start(QueueRun queue, int threads) {
        for (int i = 0; i < threads; i++) {
            try {
                pool.execute(() -> runner.runAll(queue));
            } catch (RuntimeException e) {
                queue.threadsLost(threads - i);
                runner.release(queue.drainBuffer());
                queue.mayHaveMore();
                return e;
            }
        }
        return null;
    }

    @Override
    void failed(RuntimeException failure) {
        worker.troubles.begin(WHAT, failure);
    }
}
