package io.betrue.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks at jobs, queues and workers, and changes them from outside. Each call asks the store; all throw {@link JobException} when it does not answer.
 * Safe for use by multiple threads.
 */
public interface JobControl {
    /**
     * {@return a job, or empty when there is none or it has been pruned}
     *
     * @param id its number
     */
    Optional<JobInfo> find(long id);

    /**
     * {@return what was kept of a job: errors, log lines, rescues; the oldest first, at most 1,000}
     *
     * @param id its number
     */
    List<JobEvent> events(long id);

    /**
     * {@return a page of jobs, the newest first}
     *
     * @param query which
     */
    List<JobInfo> list(JobQuery query);

    /**
     * Cancels a job: at once while it waits; a running one is told, and is cancelled if its attempt does not succeed all the same.
     *
     * @param id its number
     * @return whether it was waiting or running
     */
    boolean cancel(long id);

    /**
     * Runs a job again at once, with all its attempts before it: one that is dead or cancelled, or waits for its time.
     *
     * @param id its number
     * @return whether it was one of these; false also when it had ended and another job holds its unique key by now
     */
    boolean retry(long id);

    /**
     * Gives a waiting job another time.
     *
     * @param id its number
     * @param time when, by the store's clock; a time gone by means at once
     * @return whether it was waiting
     */
    boolean reschedule(long id, Instant time);

    /**
     * Removes a job that waits or has ended, and what was kept with it.
     *
     * @param id its number
     * @return whether it was there and not running
     */
    boolean discard(long id);

    /**
     * Lets nobody take jobs from a queue until it is resumed; survives restarts. Running jobs go on.
     *
     * @param queue its name; need not have had jobs yet
     */
    void pause(String queue);

    /**
     * Ends a pause; harmless without one.
     *
     * @param queue its name
     */
    void resume(String queue);

    /** {@return all queues with jobs, a pause or a worker, by name} */
    List<QueueInfo> queues();

    /**
     * {@return what has ended lately in each queue where something has, by name}
     *
     * @param window how far to look back, 1 second to 1 day
     */
    List<QueueRate> rates(Duration window);

    /** {@return all workers that have not stopped, the dead ones until they are noticed, by name} */
    List<WorkerInfo> workers();

    /**
     * Removes ended jobs that are older than they are kept for, in small steps. Workers do this by themselves from time to time.
     *
     * @return how many jobs were removed
     */
    long prune();
}
