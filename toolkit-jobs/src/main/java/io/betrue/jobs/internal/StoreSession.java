package io.betrue.jobs.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A worker's dealings with the store. All methods throw {@link io.betrue.jobs.JobException} when the store does not answer; the engine tries again. Safe for
 * use by multiple threads.
 */
public interface StoreSession extends AutoCloseable {
    /** {@return this worker's number, new for each session} */
    long workerId();

    /**
     * Takes due jobs, in each lane the highest priority first, then the oldest.
     *
     * @param lanes what there is room for; queues that are paused are passed over
     * @return the jobs, each claimed for this session with a lease number higher than it ever had; none when the worker was taken for dead
     */
    List<ClaimedJob> claim(List<Lane> lanes);

    /**
     * Gives back what this session has claimed and its worker never heard of, because the answer was lost; the attempts do not count.
     *
     * @param held numbers of the jobs that the worker holds
     */
    void giveBackAllBut(Set<Long> held);

    /**
     * Stores how attempts ended, all at once. An attempt whose lease no longer holds, or that another session claimed, changes nothing; a
     * success that was stored before under the same lease, and whose answer was lost, is no refusal. Where somebody wants a
     * job cancelled, all outcomes but success cancel it.
     *
     * @param settlements at most 500
     * @return those that were refused since their lease no longer holds
     */
    List<Settlement> settle(List<Settlement> settlements);

    /**
     * Keeps what running attempts say of themselves; ignores those whose lease no longer holds.
     *
     * @param reports at most 500
     */
    void report(List<Report> reports);

    /**
     * Says that the worker lives; one statement however many jobs it has.
     *
     * @param draining whether it stops
     * @param held how many jobs it holds
     * @return what it should know; that it is not alive, once it was taken for dead or is closed
     */
    Beat beat(boolean draining, int held);

    /**
     * Does what any one worker must do for all: makes delayed jobs due, enqueues ticks of schedules, brings back the jobs of dead workers, prunes. Called by
     * one thread at a time, at the latest after the time it last returned.
     *
     * @return when it wants to be called again, longer than zero
     */
    Duration upkeep();

    /**
     * Says goodbye: the worker is no longer listed. Jobs that it still holds come back as those of a dead worker. Does nothing the second time, and does
     * not throw.
     */
    @Override
    void close();
}
