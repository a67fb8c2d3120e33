package io.betrue.jobs.internal;

import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: one thread fetches, one stores outcomes, one beats, one does what any worker must do for all; handlers run on threads of the pool. Safe for use
 * by multiple threads.
 */
final class EngineWorker implements Worker, DueRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWorker.class);
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

    private enum Stage {
        NEW,
        RUNNING,
        STOPPING,
        STOPPED
    }

    final WorkerConfig config;
    final JobCodec codec;
    final Map<String, QueueRun> queues = new LinkedHashMap<>();
    final Map<Long, Attempt> running = new ConcurrentHashMap<>();
    final Telemetry telemetry;
    final Troubles troubles;
    private final JobStore store;
    private final WorkerCard card;
    private final Consumer<EngineWorker> onStop;
    private final HandlerPool pool;
    private final Runner runner;
    private final Fetcher fetcher;
    private final Settler settler;
    private final Pulse pulse;
    private final Upkeep upkeep;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Object stageLock = new Object();
    private Stage stage = Stage.NEW;
    private volatile boolean inTime = true;
    private volatile @Nullable StoreSession session;

    EngineWorker(JobStore store, JobCodec codec, WorkerConfig config, Consumer<EngineWorker> onStop) {
        this.store = store;
        this.codec = codec;
        this.config = config;
        this.onStop = onStop;
        this.card = new WorkerCard(
                config.name().orElseGet(HostName::withProcess),
                config.queues().keySet(),
                config.rates(),
                config.heartbeat());
        this.troubles = new Troubles(card.name(), this::hurry);
        TypeLimits limits = new TypeLimits(config.typeLimits());
        int ahead = Math.min(config.prefetch(), store.mostAhead());
        boolean each = store.findsTypes();
        config.queues().forEach((queue, slots) -> queues.put(queue, new QueueRun(queue, slots, ahead, limits, each)));
        for (String queue : config.rates().keySet()) {
            if (!queues.containsKey(queue)) {
                throw new IllegalArgumentException("rate of queue " + queue + ": the worker does not take from it");
            }
        }
        this.telemetry = new Telemetry(config.openTelemetry(), config.joinsTraces());
        this.pool = config.executor().map(HandlerPool::of).orElseGet(HandlerPool::own);
        this.settler = new Settler(this);
        this.pulse = new Pulse(this);
        this.runner = new Runner(this, settler, pulse);
        this.fetcher = new Fetcher(this, pool, runner);
        this.upkeep = new Upkeep(this);
    }

    @Override
    public Worker start() {
        synchronized (stageLock) {
            if (stage != Stage.NEW) {
                throw new IllegalStateException("worker " + card.name() + " has been started or closed before");
            }
            stage = Stage.RUNNING;
        }
        LOG.info(
                "Worker {} starts: queues {}, job types {}",
                card.name(),
                config.queues(),
                config.handlers().keySet());
        pulse.start();
        return this;
    }

    /**
     * Called by the pulse when the store answers for the first time. The fetcher is last: whoever stops the worker meanwhile stops the fetcher first, so that
     * no job is taken whose outcome nobody would store.
     */
    void opened() {
        settler.start();
        settler.second().start();
        upkeep.start();
        fetcher.start();
    }

    @Override
    public List<Settlement> runDue(int most) {
        synchronized (stageLock) {
            if (stage != Stage.NEW) {
                throw new IllegalStateException("worker " + card.name() + " has been started or closed before");
            }
            stage = Stage.STOPPED;
        }
        try {
            return new DueRun(this, runner, settler).run(most);
        } finally {
            ended();
        }
    }

    @Override
    public void run() throws InterruptedException {
        synchronized (stageLock) {
            if (stage == Stage.NEW) {
                start();
            }
        }
        stopped.await();
    }

    @Override
    public boolean stop(Duration limit) {
        Stage before;
        synchronized (stageLock) {
            before = stage;
            stage = before == Stage.NEW ? Stage.STOPPED : before == Stage.RUNNING ? Stage.STOPPING : before;
        }
        if (before == Stage.NEW) {
            ended();
        } else if (before == Stage.RUNNING) {
            drain(limit);
        } else {
            awaitStopped();
        }
        return inTime;
    }

    private void drain(Duration limit) {
        try {
            inTime = new Drain(this, runner)
                    .run(limit, fetcher, pulse, List.of(upkeep, settler.second(), settler, pulse));
            StoreSession open = session;
            if (open != null) {
                open.close();
            }
        } finally {
            ended();
        }
        LOG.info("Worker {} has stopped{}", card.name(), inTime ? "" : "; jobs that did not end in time run again");
    }

    private void ended() {
        synchronized (stageLock) {
            stage = Stage.STOPPED;
        }
        pool.close();
        stopped.countDown();
        onStop.accept(this);
    }

    /** Waits for the other who stops it; an interrupt changes nothing, and is passed on. */
    private void awaitStopped() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(config.stopLimit());
    }

    @Override
    public Health health() {
        boolean runs;
        synchronized (stageLock) {
            runs = stage == Stage.RUNNING;
        }
        int buffered = queues.values().stream().mapToInt(QueueRun::buffered).sum();
        return new Health(runs && pulse.isFresh(), unsettled(), buffered, troubles.any());
    }

    // ---- dealings with the store

    /** Opens the session, or the next one when the store has taken this worker for dead. */
    StoreSession open() {
        StoreSession opened = store.open(card, new News(this, fetcher, pulse, upkeep));
        session = opened;
        LOG.debug("Worker {} is number {}", card.name(), opened.workerId());
        return opened;
    }

    /** {@return the session; there is one from the first beat on} */
    StoreSession session() {
        StoreSession open = session;
        if (open == null) {
            throw new IllegalStateException("worker has no session yet");
        }
        return open;
    }

    /** The others have taken this worker for dead: what it holds belongs to them. */
    void lost() {
        LOG.warn(
                "Worker {} was silent for too long and was taken for dead; its {} running jobs were given to others",
                card.name(),
                running.size());
        queues.values().forEach(queue -> queue.drainBuffer().forEach(queue::stored));
        running.values()
                .forEach(attempt -> attempt.end(
                        Attempt.Ending.LOST, "this process was silent for too long, another worker has the job"));
    }

    QueueRun queue(String name) {
        QueueRun queue = queues.get(name);
        if (queue == null) {
            throw new IllegalStateException("the worker does not take from queue " + name);
        }
        return queue;
    }

    void stored(ClaimedJob job) {
        QueueRun queue = queues.get(job.queue());
        if (queue != null) {
            queue.stored(job);
        }
    }

    int held() {
        return queues.values().stream().mapToInt(QueueRun::held).sum();
    }

    int unsettled() {
        return queues.values().stream().mapToInt(QueueRun::unsettled).sum();
    }

    void pausedQueues(Set<String> paused) {
        for (QueueRun queue : queues.values()) {
            queue.paused(paused.contains(queue.queue));
        }
        fetcher.look();
    }

    void timedOut(Attempt attempt) {
        runner.timedOut(attempt);
    }

    void roomMade() {
        fetcher.look();
    }

    /** Somebody wants a job cancelled that may run here. */
    void cancelled(long id) {
        Attempt attempt = running.get(id);
        if (attempt != null) {
            attempt.end(Attempt.Ending.CANCELLED, "cancelled");
        }
    }

    /** Another worker has a job that runs here. */
    void lost(long id) {
        Attempt attempt = running.get(id);
        if (attempt != null) {
            attempt.end(Attempt.Ending.LOST, "this process was silent for too long, another worker has the job");
        }
    }

    void awaitReports() {
        pulse.awaitReports();
    }

    /** The store may be there again: whoever pauses after a failure tries now. */
    void hurry() {
        List.of(fetcher, settler, pulse, upkeep).forEach(Loop::hurry);
    }

    @Override
    public String toString() {
        return card.name();
    }

    /** {@return a duration in nanoseconds, at most a year} */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(LONGEST_NANOS)) > 0 ? LONGEST_NANOS : duration.toNanos();
    }
}
