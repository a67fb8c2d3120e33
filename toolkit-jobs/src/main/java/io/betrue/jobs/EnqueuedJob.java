package io.betrue.jobs;

/**
 * The answer to handing in a job.
 *
 * @param id the job's number, positive
 * @param created whether this call made it; false when a job with the same unique key was there, whose number this is
 */
public record EnqueuedJob(long id, boolean created) {}
