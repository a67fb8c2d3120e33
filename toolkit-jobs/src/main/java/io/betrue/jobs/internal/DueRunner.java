package io.betrue.jobs.internal;

import java.util.List;

/** A worker that has not been started and can run what is due by itself, on the thread that asks. */
public interface DueRunner {
    /**
     * Runs due jobs one after the other until nothing is due any more, then closes the worker. Timeouts of attempts are not watched.
     *
     * @param most how many attempts at most
     * @return what ran, in this order, and how it ended
     * @throws io.betrue.jobs.JobException if more is due after {@code most} attempts, or the store does not answer
     * @throws IllegalStateException if the worker has been started or closed before
     */
    List<Settlement> runDue(int most);
}
