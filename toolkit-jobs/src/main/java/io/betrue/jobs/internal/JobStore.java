package io.betrue.jobs.internal;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.Schedules;
import java.util.List;

/** A place that keeps jobs. One contract test is run by each. Safe for use by multiple threads. */
public interface JobStore {
    /**
     * Keeps new jobs; all or none.
     *
     * @param jobs any number
     * @return as many answers, in the same order
     */
    List<EnqueuedJob> insert(List<NewJob> jobs);

    /**
     * Lets a worker in.
     *
     * @param card who it is
     * @param listener what is told unasked
     * @return its dealings
     */
    StoreSession open(WorkerCard card, StoreListener listener);

    /** {@return how many jobs a worker may hold for each queue beyond its slots, whatever its configuration says} */
    int mostAhead();

    /** {@return whether a claim finds jobs of a type wherever they stand in their queue; else it is handed what stands first, whatever that is} */
    boolean findsTypes();

    /** {@return the view from outside} */
    JobControl control();

    /**
     * {@return recurring jobs}
     *
     * @param codec writes payloads
     */
    Schedules schedules(JobCodec codec);
}
