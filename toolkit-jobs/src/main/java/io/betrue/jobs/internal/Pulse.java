package io.betrue.jobs.internal;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats, tells attempts that their time is over, and stores what they report. */
final class Pulse extends Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long GRACE_NANOS = 5_000_000_000L;
    private static final int MOST_REPORTS = 500;
    private static final int DEAD_AFTER = 3;

    private static final String WHAT = "reach the store";

    private final EngineWorker worker;
    private final long interval;
    private final Object reporting = new Object();
    private volatile long nextDeadline = Long.MAX_VALUE;
    private volatile boolean reports;
    private volatile boolean draining;
    private volatile boolean beatNow = true;
    private volatile long lastBeat;
    private volatile boolean open;
    private final long epoch = System.nanoTime();
    private long nextBeat = epoch;
    private long nextReport = epoch;

    Pulse(EngineWorker worker) {
        super("jobs-beat");
        this.worker = worker;
        this.interval = EngineWorker.nanos(worker.config.heartbeat());
    }

    void now() {
        beatNow = true;
        bell.ring();
    }

    void draining() {
        draining = true;
        now();
    }

    /** An attempt must have ended by then. */
    void deadlineAt(long nanos) {
        long since = nanos - epoch;
        if (since < nextDeadline) {
            synchronized (bell) {
                if (since >= nextDeadline) {
                    return;
                }
                nextDeadline = since;
            }
            bell.ring();
        }
    }

    void reportsWait() {
        if (!reports) {
            reports = true;
            bell.ring();
        }
    }

    boolean isFresh() {
        return open && System.nanoTime() - lastBeat < DEAD_AFTER * interval;
    }

    @Override
    void step(long seen) throws InterruptedException {
        if (!open) {
            worker.open();
            open = true;
            lastBeat = System.nanoTime();
            worker.opened();
        }
        long now = System.nanoTime();
        checkDeadlines(now);
        if (beatNow || now - nextBeat >= 0) {
            beat();
            nextBeat = now + interval;
        }
        if (reports && now - nextReport >= 0) {
            nextReport = now + REPORT_NANOS;
            report();
        }
        long wait = nextBeat - System.nanoTime();
        if (reports) {
            wait = Math.min(wait, nextReport - System.nanoTime());
        }
        if (nextDeadline != Long.MAX_VALUE) {
            wait = Math.min(wait, epoch + nextDeadline - System.nanoTime());
        }
        bell.await(seen, Math.max(wait, 1));
    }

    private void beat() {
        long asked = System.nanoTime();
        Beat beat;
        beatNow = false;
        try {
            beat = worker.session().beat(draining, worker.held());
        } catch (RuntimeException e) {
            beatNow = true;
            throw e;
        }
        lastBeat = asked;
        worker.troubles.over(WHAT);
        if (!beat.alive()) {
            worker.lost();
            worker.session().close();
            worker.open();
            return;
        }
        beat.cancelled().forEach(worker::cancelled);
        worker.pausedQueues(beat.paused());
    }

    private void checkDeadlines(long now) {
        if (nextDeadline == Long.MAX_VALUE || epoch + nextDeadline - now > 0) {
            return;
        }
        synchronized (bell) {
            nextDeadline = Long.MAX_VALUE;
        }
        for (Attempt attempt : worker.running.values()) {
            long left = attempt.deadlineNanos - now;
            if (left > 0) {
                deadlineAt(attempt.deadlineNanos);
            } else if (left > -GRACE_NANOS) {
                attempt.end(Attempt.Ending.TIMEOUT, "the attempt took longer than " + attempt.job.timeout());
                deadlineAt(attempt.deadlineNanos + GRACE_NANOS);
            } else {
                LOG.warn(
                        "Job {} ({}) ignores that its time is over; its thread is held until it returns",
                        attempt.id(),
                        attempt.type());
                worker.timedOut(attempt);
            }
        }
    }

    /** Returns when no report is on its way that was taken before. */
    void awaitReports() {
        synchronized (reporting) {
            return;
        }
    }

    private void report() {
        synchronized (reporting) {
            takeAndReport();
        }
    }

    private void takeAndReport() {
        reports = false;
        List<Report> said = new ArrayList<>();
        List<Attempt> by = new ArrayList<>();
        for (Attempt attempt : worker.running.values()) {
            if (said.size() == MOST_REPORTS) {
                reports = true;
                break;
            }
            Report report = attempt.takeReport();
            if (report != null) {
                said.add(report);
                by.add(attempt);
            }
        }
        if (said.isEmpty()) {
            return;
        }
        try {
            worker.session().report(said);
        } catch (RuntimeException e) {
            for (int i = 0; i < said.size(); i++) {
                by.get(i).giveBack(said.get(i));
            }
            reports = true;
            throw e;
        }
    }

    @Override
    void failed(RuntimeException failure) {
        worker.troubles.begin(WHAT, failure);
    }
}
