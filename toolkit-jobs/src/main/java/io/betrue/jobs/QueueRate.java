package io.betrue.jobs;

/**
 * What has ended in a queue lately.
 *
 * @param queue its name
 * @param succeeded jobs that are done, as far as they are kept
 * @param dead jobs that were given up
 */
public record QueueRate(String queue, long succeeded, long dead) {}
