package io.betrue.jobs.events;

import io.betrue.jobs.JobException;
import java.util.List;
import java.util.UUID;

/** Looks at consumers and at what they have not had, and changes it from outside. Each call asks the database. Safe for use by multiple threads. */
public final class EventControl {
    private final Subscriptions subscriptions;
    private final DeadLetters deadLetters;
    private final Retention retention;

    EventControl(Subscriptions subscriptions, DeadLetters deadLetters, Retention retention) {
        this.subscriptions = subscriptions;
        this.deadLetters = deadLetters;
        this.retention = retention;
    }

    /**
     * {@return consumers that were declared by any process, by name, with what they have not had yet; counts rows}
     *
     * @throws JobException if the database does not answer
     */
    public List<ConsumerInfo> consumers() {
        return subscriptions.all();
    }

    /**
     * {@return events that a consumer could not take, the oldest first; of the 1,000 jobs that died last, and of up to 100 whose jobs are gone}
     *
     * @param consumer its name
     * @throws JobException if the database does not answer
     */
    public List<DeadEvent> dead(String consumer) {
        return deadLetters.list(consumer);
    }

    /**
     * Brings an event again at once, with all its attempts before it: one that is dead, or waits for its next attempt. Later events of its key follow it.
     *
     * @param consumer its name
     * @param id the event
     * @return whether it was one of these
     * @throws JobException if the database does not answer
     */
    public boolean retry(String consumer, UUID id) {
        return deadLetters.retry(consumer, id);
    }

    /**
     * Lets a consumer never have an event that it has not had, and lets later events of its key go on. A handler that runs with it now cannot commit.
     *
     * @param consumer its name
     * @param id the event
     * @return whether the consumer had not had it
     * @throws JobException if the database does not answer
     */
    public boolean skip(String consumer, UUID id) {
        return deadLetters.skip(consumer, id);
    }

    /**
     * Forgets a consumer that no process has any more, and what it has not had. Without this, events for it are kept for ever.
     *
     * @param consumer its name
     * @return whether it was declared
     * @throws JobException if the database does not answer
     */
    public boolean forget(String consumer) {
        boolean known = subscriptions.forget(consumer);
        deadLetters.discardAll(consumer);
        return known;
    }

    /**
     * Removes events that have been kept long enough, in small steps. One of the workers does this each minute.
     *
     * @return how many were removed
     * @throws JobException if the database does not answer
     */
    public long prune() {
        return retention.prune();
    }
}
