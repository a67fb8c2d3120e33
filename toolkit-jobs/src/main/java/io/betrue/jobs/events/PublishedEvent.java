package io.betrue.jobs.events;

import java.util.UUID;

/**
 * The answer to publishing an event.
 *
 * @param id the event's id
 * @param created whether this call published it; false when an event with this id was there
 */
public record PublishedEvent(UUID id, boolean created) {}
