package io.betrue.jobs.internal;

/** What a store tells a worker unasked, as soon as it can and on any thread. All calls return at once; losing one costs a poll's or a beat's time. */
public interface StoreListener {
    /**
     * A queue may have jobs.
     *
     * @param queue which
     */
    void jobsWaiting(String queue);

    /**
     * Somebody wants a running job cancelled.
     *
     * @param id its number
     */
    void cancelled(long id);

    /**
     * A running job was given to another, since this worker was silent for too long.
     *
     * @param id its number
     */
    void lost(long id);

    /** A queue was paused or resumed, or this worker was taken for dead: beat at once. */
    void beatNow();

    /** Something becomes due sooner than {@link StoreSession#upkeep} said: call it again. */
    void upkeepNow();

    /** Wake-ups may have been lost, since a connection was: look at all queues. */
    void wakeUpsLost();
}
