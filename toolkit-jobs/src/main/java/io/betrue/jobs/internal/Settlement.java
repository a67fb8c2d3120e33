package io.betrue.jobs.internal;

import io.betrue.jobs.JobOutcome;

/**
 * How an attempt ended, on its way into the store.
 *
 * @param job the claim
 * @param outcome how it ended
 */
public record Settlement(ClaimedJob job, JobOutcome outcome) {}
