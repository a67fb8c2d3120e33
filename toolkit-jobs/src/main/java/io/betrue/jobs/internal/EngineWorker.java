package io.betrue.jobs.internal;

import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.time.Duration;
import java.util.ArrayList;
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
final class EngineWorker implements Worker, DueRunner, StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWorker.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

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
    private boolean inTime = true;
    private volatile @Nullable StoreSession session;
    private volatile @Nullable String problem;

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
        for (Map.Entry<String, Integer> queue : config.queues().entrySet()) {
            queues.put(
                    queue.getKey(),
                    new QueueRun(queue.getKey(), queue.getValue(), config.prefetch(), config.typeLimits()));
        }
        for (String queue : config.rates().keySet()) {
            if (!queues.containsKey(queue)) {
                throw new IllegalArgumentException("rate of queue " + queue + ": the worker does not take from it");
            }
        }
        int slots =
                config.queues().values().stream().mapToInt(Integer::intValue).sum();
        this.telemetry = new Telemetry(config.openTelemetry());
        this.pool = config.executor().map(HandlerPool::of).orElseGet(() -> HandlerPool.own(slots));
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

    /** Called by the pulse when the store answers for the first time. */
    void opened() {
        fetcher.start();
        settler.start();
        upkeep.start();
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
            pool.close();
            stopped.countDown();
            onStop.accept(this);
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
        synchronized (stageLock) {
            if (stage == Stage.NEW || stage == Stage.STOPPED) {
                stage = Stage.STOPPED;
                stopped.countDown();
                onStop.accept(this);
                return inTime;
            }
            if (stage == Stage.STOPPING) {
                return awaitStopped();
            }
            stage = Stage.STOPPING;
        }
        try {
            inTime = drain(limit);
        } finally {
            synchronized (stageLock) {
                stage = Stage.STOPPED;
            }
            stopped.countDown();
            onStop.accept(this);
        }
        LOG.info("Worker {} has stopped{}", card.name(), inTime ? "" : "; jobs that did not end in time run again");
        return inTime;
    }

    private boolean awaitStopped() {
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
        return inTime;
    }

    private boolean drain(Duration limit) {
        fetcher.stop();
        pulse.draining();
        for (QueueRun queue : queues.values()) {
            runner.release(queue.drainBuffer());
        }
        boolean finished = awaitIdle(limit);
        if (!finished) {
            LOG.warn("Worker {}: {} jobs still run after {}; they are cancelled", card.name(), running.size(), limit);
            running.values().forEach(attempt -> attempt.end(Attempt.Ending.STOPPED, "the worker stops"));
            awaitIdle(LAST_WORDS);
            running.values().forEach(runner::abandon);
        }
        upkeep.stop();
        settler.stop();
        pulse.stop();
        pool.close();
        StoreSession open = session;
        if (open != null) {
            open.close();
        }
        return finished;
    }

    private boolean awaitIdle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!running.isEmpty()) {
            long left = end - System.nanoTime();
            long seen = runner.idle.rings();
            if (running.isEmpty()) {
                break;
            }
            if (left <= 0) {
                return false;
            }
            try {
                runner.idle.await(seen, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
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
        int held = queues.values().stream().mapToInt(QueueRun::buffered).sum();
        return new Health(runs && pulse.isFresh(), running.size(), held, problem);
    }

    // ---- dealings with the store

    /** Opens the session, or the next one when the store has taken this worker for dead. */
    StoreSession open() {
        StoreSession opened = store.open(card, this);
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
        List<ClaimedJob> gone = new ArrayList<>();
        queues.values().forEach(queue -> gone.addAll(queue.drainBuffer()));
        gone.forEach(this::stored);
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

    /** Remembers what keeps the worker from the store, and says it once. */
    void troubled(String what, RuntimeException failure) {
        String text = what + ": " + failure.getMessage();
        if (problem == null) {
            LOG.warn("Worker {} cannot {}; trying again until it can", card.name(), text);
        }
        problem = text;
    }

    void untroubled() {
        if (problem != null) {
            LOG.info("Worker {} reaches the store again", card.name());
            problem = null;
        }
    }

    int held() {
        return queues.values().stream().mapToInt(QueueRun::held).sum();
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
        fetcher.roomMade();
    }

    // ---- what the store tells

    @Override
    public void jobsWaiting(String queue) {
        QueueRun waiting = queues.get(queue);
        if (waiting != null) {
            waiting.mayHaveMore(true);
            fetcher.look();
        }
    }

    @Override
    public void cancelled(long id) {
        Attempt attempt = running.get(id);
        if (attempt != null) {
            attempt.end(Attempt.Ending.CANCELLED, "cancelled");
        }
    }

    @Override
    public void beatNow() {
        pulse.now();
    }

    @Override
    public void upkeepNow() {
        upkeep.now();
    }

    @Override
    public void wakeUpsLost() {
        queues.values().forEach(queue -> queue.mayHaveMore(true));
        fetcher.look();
        upkeep.now();
    }

    static long nanos(Duration duration) {
        return TimeUnit.MILLISECONDS.toNanos(duration.toMillis());
    }
}
