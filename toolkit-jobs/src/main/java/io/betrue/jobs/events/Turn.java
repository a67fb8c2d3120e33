package io.betrue.jobs.events;

/**
 * What a job carries that brings an event to a consumer.
 *
 * @param seq the event's place
 */
record Turn(long seq) {}
