package io.betrue.jobs;

import java.util.List;

/** Takes jobs in. Safe for use by multiple threads, unless it belongs to a transaction: then the rule of its connection holds. */
public interface Enqueuer {
    /**
     * Hands in one job that is treated as its type says.
     *
     * @param type the kind of job
     * @param payload what it carries
     * @param <P> what it carries
     * @return its number
     * @throws JobException if the payload cannot be written or is too large, or the store does not answer
     */
    default <P> EnqueuedJob enqueue(JobType<P> type, P payload) {
        return enqueue(JobRequest.of(type, payload));
    }

    /**
     * Hands in one job.
     *
     * @param request the job
     * @return its number, or that of the job with the same unique key
     * @throws JobException if the payload cannot be written or is too large, or the store does not answer
     */
    default EnqueuedJob enqueue(JobRequest<?> request) {
        return enqueueAll(List.of(request)).get(0);
    }

    /**
     * Hands in many jobs; all or none in PostgreSQL. In NATS each is a message of its own: those that were kept before one was refused stay.
     *
     * @param requests the jobs, any number; of several with the same unique key the first counts
     * @return as many answers, in the same order
     * @throws JobException if a payload cannot be written or is too large, or the store does not answer
     */
    List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests);
}
