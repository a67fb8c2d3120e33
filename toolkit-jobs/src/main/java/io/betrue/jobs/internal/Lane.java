package io.betrue.jobs.internal;

import java.util.Set;

/**
 * What a worker has room for in one queue.
 *
 * @param queue the queue
 * @param room how many jobs it takes, at least 1
 * @param fullTypes types it takes none of now
 */
public record Lane(String queue, int room, Set<String> fullTypes) {}
