package io.betrue.jobs.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims jobs while there is room, at once when idle, in worthwhile numbers under load. */
final class Fetcher extends Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    private static final long COOL_NANOS = 10_000_000;

    private final EngineWorker worker;
    private final HandlerPool pool;
    private final Runner runner;
    private final Signal bell = new Signal();
    private boolean eager = true;
    private long lastLook;

    Fetcher(EngineWorker worker, HandlerPool pool, Runner runner) {
        super("jobs-fetch");
        this.worker = worker;
        this.pool = pool;
        this.runner = runner;
    }

    /** There may be jobs. */
    void look() {
        bell.ring();
    }

    /** Outcomes were stored. */
    void roomMade() {
        bell.ring();
    }

    @Override
    void wake() {
        bell.ring();
    }

    @Override
    void step() throws InterruptedException {
        long seen = bell.rings();
        List<Lane> lanes = new ArrayList<>();
        worker.queues.values().forEach(queue -> queue.addLanes(lanes, eager));
        if (!lanes.isEmpty()) {
            claim(lanes);
            return;
        }
        boolean cooling = !eager && worker.queues.values().stream().anyMatch(QueueRun::hasRoomForKnownWork);
        long wait = cooling ? COOL_NANOS : nextPoll();
        boolean rung = bell.await(seen, wait);
        if (!rung && cooling) {
            eager = true;
        } else if (!rung || nextPoll() <= 0) {
            worker.queues.values().forEach(queue -> queue.mayHaveMore(true));
            eager = true;
        }
    }

    private long nextPoll() {
        return lastLook + EngineWorker.nanos(worker.config.poll()) - System.nanoTime();
    }

    private void claim(List<Lane> lanes) {
        lastLook = System.nanoTime();
        // before the claim, so that a wake-up during it is not forgotten
        lanes.forEach(lane -> queue(lane).mayHaveMore(false));
        Map<QueueRun, List<ClaimedJob>> taken = new HashMap<>();
        List<ClaimedJob> jobs;
        try {
            jobs = worker.session().claim(lanes);
        } catch (RuntimeException e) {
            lanes.forEach(lane -> queue(lane).mayHaveMore(true));
            throw e;
        }
        worker.untroubled();
        for (ClaimedJob job : jobs) {
            QueueRun queue = worker.queues.get(job.queue());
            if (queue == null) {
                throw new IllegalStateException("the store handed out a job of queue " + job.queue() + " unasked");
            }
            taken.computeIfAbsent(queue, key -> new ArrayList<>()).add(job);
        }
        for (Lane lane : lanes) {
            QueueRun queue = queue(lane);
            if (countOf(lane, taken.getOrDefault(queue, List.of())) >= lane.room()) {
                queue.mayHaveMore(true);
            }
        }
        eager = jobs.isEmpty();
        taken.forEach(this::run);
    }

    private static long countOf(Lane lane, List<ClaimedJob> jobs) {
        return jobs.stream()
                .filter(job -> lane.onlyType() == null
                        ? !lane.otherTypes().contains(job.type())
                        : lane.onlyType().equals(job.type()))
                .count();
    }

    private QueueRun queue(Lane lane) {
        QueueRun queue = worker.queues.get(lane.queue());
        if (queue == null) {
            throw new IllegalStateException("no queue " + lane.queue());
        }
        return queue;
    }

    private void run(QueueRun queue, List<ClaimedJob> jobs) {
        int threads = queue.accept(jobs);
        for (int i = 0; i < threads; i++) {
            try {
                pool.execute(() -> runner.runAll(queue));
            } catch (RuntimeException e) {
                queue.threadLost();
                LOG.warn("The executor refused a thread for queue {}: {}", queue.queue, e.toString());
            }
        }
    }

    @Override
    void failed(RuntimeException failure) {
        worker.troubled("take jobs", failure);
    }
}
