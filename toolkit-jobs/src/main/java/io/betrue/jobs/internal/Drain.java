package io.betrue.jobs.internal;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a worker stops: nothing new, back with what was not begun, then wait, cancel, store what is left. Heart-beats go on until the end. */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final EngineWorker worker;
    private final Runner runner;
    private boolean interrupted;

    Drain(EngineWorker worker, Runner runner) {
        this.worker = worker;
        this.runner = runner;
    }

    /** {@return whether all that ran finished in time; an interrupt makes the time be over} */
    boolean run(Duration limit, Fetcher fetcher, Pulse pulse, List<Loop> last) {
        interrupted = Thread.interrupted();
        fetcher.stop();
        pulse.draining();
        worker.queues.values().forEach(queue -> runner.release(queue.drainBuffer()));
        boolean finished = awaitIdle(limit);
        if (!finished) {
            LOG.warn("Worker {}: {} jobs still run after {}; they are cancelled", worker, worker.unsettled(), limit);
            worker.running.values().forEach(attempt -> attempt.end(Attempt.Ending.STOPPED, "the worker stops"));
            awaitIdle(LAST_WORDS);
            worker.running.values().forEach(runner::abandon);
        }
        last.forEach(Loop::stop);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return finished;
    }

    private boolean awaitIdle(Duration limit) {
        long end = System.nanoTime() + EngineWorker.nanos(limit);
        while (true) {
            long seen = runner.idle.rings();
            if (worker.unsettled() == 0) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                runner.idle.await(seen, left);
            } catch (InterruptedException e) {
                interrupted = true;
                return false;
            }
        }
    }
}
