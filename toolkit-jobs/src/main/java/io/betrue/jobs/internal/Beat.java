package io.betrue.jobs.internal;

import java.util.Set;

/**
 * The store's answer to a heart-beat.
 *
 * @param alive false when the others have taken this worker for dead: whatever it held is no longer its own
 * @param cancelled numbers of its running jobs that somebody wants cancelled
 * @param paused queues from which nothing is taken
 */
public record Beat(boolean alive, Set<Long> cancelled, Set<String> paused) {}
