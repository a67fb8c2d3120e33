package io.betrue.jobs.events;

/**
 * Does what a consumer does with an event.
 *
 * @param <T> what the event carries
 */
@FunctionalInterface
public interface EventHandler<T> {
    /**
     * Takes one event. Called by many threads at once, for events of one key by one at a time. Returning means that the consumer has had the event; a thrown
     * exception means that it comes again after the consumer's backoff.
     *
     * <p>What is written through {@link EventContext#connection()} is committed together with the note that the consumer has had the event: exactly once.
     * Everything else is done at least once: when the process dies between the effect and the note, the event comes again, with the same
     * {@link EventContext#id()}.
     *
     * @param context this delivery
     * @param event what was published
     * @throws Exception anything, as described
     */
    void on(EventContext context, T event) throws Exception;
}
