package io.betrue.jobs;

/**
 * Does the work of one kind of job.
 *
 * @param <P> what a job carries
 */
@FunctionalInterface
public interface JobHandler<P> {
    /**
     * Runs one attempt. Called by many threads at once. Returning means success; a thrown exception means that the attempt failed and another follows
     * after the type's backoff, or that the job is dead after the last; throwing what {@link JobContext} makes ({@code throw job.snooze(…)}) says
     * something else. A job may run more than once: when the process dies, or its result could not be stored, it runs again.
     *
     * @param job this attempt: its facts, and what can be said about it while it runs
     * @param payload what the job carries
     * @throws Exception anything, as described
     */
    void run(JobContext job, P payload) throws Exception;
}
