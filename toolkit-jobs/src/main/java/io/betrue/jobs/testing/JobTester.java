package io.betrue.jobs.testing;

import io.betrue.jobs.Jobs;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.internal.DueRunner;
import java.util.function.Consumer;

/** Runs due jobs of any backend on the calling thread, so that a test needs no worker in the background and no waiting. */
public final class JobTester {
    private static final int MOST = 10_000;

    private JobTester() {}

    /**
     * Runs what is due, one job after the other, until nothing is due any more; also what handlers enqueue meanwhile. A job that fails is put off by its
     * backoff, as always. Handlers run on the calling thread; how long they take is not watched. Workers that run elsewhere may take jobs away.
     *
     * @param jobs where the jobs are
     * @param config which queues and handlers, as for {@link Jobs#worker}
     * @return what ran
     * @throws io.betrue.jobs.JobException if jobs are still due after 10,000 attempts, or the store does not answer
     * @throws IllegalArgumentException if the configuration contradicts itself, or {@code jobs} is of another make
     */
    public static RanJobs runDue(Jobs jobs, Consumer<WorkerConfig> config) {
        try (Worker worker = jobs.worker(config)) {
            if (worker instanceof DueRunner runner) {
                return RanJobs.of(runner.runDue(MOST));
            }
            throw new IllegalArgumentException("jobs must be made by a backend of this library, was "
                    + jobs.getClass().getName());
        }
    }
}
