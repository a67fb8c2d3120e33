package io.betrue.jobs.events;

import java.util.List;
import java.util.UUID;

/** Publishes events as a part of one transaction. Used as its connection may be: by one thread at a time. */
public interface EventPublisher {
    /**
     * Publishes an event with an id of its own (UUID version 7).
     *
     * @param type the kind of event
     * @param event what it carries, at most 1 MiB (1,048,576 characters) as JSON
     * @param <T> what it carries
     * @return its id
     * @throws io.betrue.jobs.JobException if it cannot be written or is too large, or the database refuses
     * @throws IllegalArgumentException if its key has another shape
     */
    <T> PublishedEvent publish(EventType<T> type, T event);

    /**
     * Publishes an event unless one with the same id is kept already: a repeated request makes one event. What is kept is not compared. While another
     * transaction has published the id and has not ended, this waits for it.
     *
     * @param type the kind of event
     * @param id any, of any version
     * @param event what it carries, at most 1 MiB (1,048,576 characters) as JSON
     * @param <T> what it carries
     * @return whether it was published now
     * @throws io.betrue.jobs.JobException if it cannot be written or is too large, or the database refuses
     * @throws IllegalArgumentException if its key has another shape
     */
    <T> PublishedEvent publish(EventType<T> type, UUID id, T event);

    /**
     * Publishes many events, in their order, in three round trips for as many as 1,000.
     *
     * @param type the kind of event
     * @param events what they carry
     * @param <T> what they carry
     * @return as many answers, in the same order
     * @throws io.betrue.jobs.JobException if one cannot be written or is too large, or the database refuses
     * @throws IllegalArgumentException if a key has another shape
     */
    <T> List<PublishedEvent> publishAll(EventType<T> type, List<? extends T> events);
}
