package io.betrue.jobs;

import java.time.Duration;

/** Hears what a worker does, to count it. Called by the threads that run handlers; must be quick, and what it throws is logged and ignored. */
@FunctionalInterface
public interface WorkerListener {
    /**
     * An attempt has ended; its outcome is about to be stored.
     *
     * @param type the name of the job's type
     * @param queue the queue it came from
     * @param outcome how it ended
     * @param took how long its handler ran
     */
    void ended(String type, String queue, JobOutcome outcome, Duration took);
}
