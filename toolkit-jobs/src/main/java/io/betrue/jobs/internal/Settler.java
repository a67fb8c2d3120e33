package io.betrue.jobs.internal;

import io.betrue.jobs.JobOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores how attempts ended: whatever has come together while the last batch was stored. Where that is more than a batch, a second one stores the rest at
 * the same time.
 */
final class Settler extends Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final String WHAT = "store outcomes";
    private static final int BATCH = 500;
    /** For a batch to grow while jobs go on that end as soon as they begin. */
    private static final long LONGEST_GATHERING = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long LONGEST_AT_STOP = TimeUnit.SECONDS.toNanos(3);

    private final EngineWorker worker;
    private final @Nullable Settler first;
    private final @Nullable Settler second;
    private final ArrayDeque<Settlement> waiting; // also the lock of what the two share
    private final List<Report> lastWords;
    private final Set<Settlement> tried;
    private volatile boolean gathering;
    private List<Settlement> batch = List.of(); // this thread only
    private long failsSince; // this thread only, while it stops
    private boolean fails; // this thread only, while it stops

    Settler(EngineWorker worker) {
        super("jobs-settle");
        this.worker = worker;
        this.first = null;
        this.waiting = new ArrayDeque<>();
        this.lastWords = new ArrayList<>();
        this.tried = Collections.newSetFromMap(new IdentityHashMap<>());
        this.second = new Settler(this);
    }

    private Settler(Settler first) {
        super("jobs-settle-2");
        this.worker = first.worker;
        this.first = first;
        this.waiting = first.waiting;
        this.lastWords = first.lastWords;
        this.tried = first.tried;
        this.second = null;
    }

    /** {@return the one that stores what is too much for this one; it must be started after this one, and stopped before it} */
    Settler second() {
        return Objects.requireNonNull(second, "the second settler has no second");
    }

    void add(Settlement settlement, @Nullable Report lastWord) {
        int size;
        synchronized (waiting) {
            waiting.add(settlement);
            if (lastWord != null) {
                lastWords.add(lastWord);
            }
            size = waiting.size();
        }
        if (size == 1 || size == BATCH) {
            bell.ring();
        }
        if (size == BATCH) {
            second().bell.ring();
        }
    }

    /** No job waits for a thread any more. */
    void allBegun() {
        if (gathering) {
            bell.ring();
        }
    }

    @Override
    boolean hasRest() {
        synchronized (waiting) {
            return !batch.isEmpty() || (first == null && !waiting.isEmpty());
        }
    }

    @Override
    void step(long seen) throws InterruptedException {
        if (batch.isEmpty() && first == null) {
            gather(seen);
        }
        List<Report> reports = take();
        if (batch.isEmpty()) {
            bell.await(seen, Long.MAX_VALUE);
            return;
        }
        if (!reports.isEmpty()) {
            report(reports);
        }
        store();
    }

    /** Lets a batch grow while jobs are begun that end at once. */
    private void gather(long seen) throws InterruptedException {
        gathering = true; // before it looks, so that whoever begins the last of them sees it
        if (worker.queues.values().stream().anyMatch(QueueRun::hasQuickOnes) && isSmall()) {
            bell.await(seen, LONGEST_GATHERING);
        }
        gathering = false;
    }

    private boolean isSmall() {
        synchronized (waiting) {
            return !waiting.isEmpty() && waiting.size() < BATCH / 2;
        }
    }

    /** Stores what there is on the calling thread, when this loop is not started. */
    List<Settlement> storeNow() {
        List<Settlement> stored = new ArrayList<>();
        while (hasRest()) {
            List<Report> reports = take();
            if (!reports.isEmpty()) {
                report(reports);
            }
            stored.addAll(batch);
            store();
        }
        return stored;
    }

    private List<Report> take() {
        List<Report> reports;
        synchronized (waiting) {
            if (!batch.isEmpty() || (first != null && waiting.size() < BATCH)) {
                return List.of();
            }
            batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            reports = List.copyOf(lastWords);
            lastWords.clear();
        }
        return reports;
    }

    /** Last words are not worth holding outcomes up for. */
    private void report(List<Report> reports) {
        try {
            worker.session().report(reports);
        } catch (RuntimeException e) {
            LOG.warn("Last log lines of {} jobs are lost: {}", reports.size(), e.getMessage());
        }
    }

    private void store() {
        // a report on its way must not come after the outcome: it would be too late then
        worker.awaitReports();
        List<Settlement> refused = worker.session().settle(batch);
        worker.troubles.over(WHAT);
        List<Settlement> stored = batch;
        batch = List.of();
        stored.forEach(settlement -> worker.stored(settlement.job()));
        worker.roomMade();
        worker.telemetry.settled(stored);
        synchronized (waiting) {
            refused.forEach(settlement -> refused(settlement, tried.contains(settlement)));
            if (!tried.isEmpty()) {
                stored.forEach(tried::remove);
            }
        }
    }

    private static void refused(Settlement settlement, boolean repeated) {
        if (repeated) {
            // the connection was lost with the answer: the first time may have been the one that counted
            LOG.info(
                    "Outcome of job {} was stored before, or came too late",
                    settlement.job().id());
        } else if (!(settlement.outcome() instanceof JobOutcome.Released)) {
            LOG.warn(
                    "Outcome of job {} ({}) came too late: another worker has it since",
                    settlement.job().id(),
                    settlement.job().type());
        }
    }

    /** Tries half of them next, so that one that cannot be stored does not keep the others; the second leaves that to the first. */
    @Override
    void failed(RuntimeException failure) {
        worker.troubles.begin(WHAT, failure);
        if (isStopping() && !fails) {
            fails = true;
            failsSince = System.nanoTime();
        }
        synchronized (waiting) {
            tried.addAll(batch);
            if (batch.size() == 1) {
                waiting.addAll(batch);
                batch = List.of();
            }
            int kept = first == null ? batch.size() - batch.size() / 2 : 0;
            while (batch.size() > kept) {
                waiting.addFirst(batch.remove(batch.size() - 1));
            }
        }
        if (first != null) {
            first.bell.ring();
        }
    }

    @Override
    boolean giveUp() {
        return fails && System.nanoTime() - failsSince > LONGEST_AT_STOP;
    }
}
