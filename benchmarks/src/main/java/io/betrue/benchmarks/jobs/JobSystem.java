package io.betrue.benchmarks.jobs;

import java.time.Duration;

/** A library for background jobs, with a database to itself. Not safe for use by multiple threads. */
interface JobSystem extends AutoCloseable {
    /** {@return what the report and the command line call it} */
    String name();

    /** Makes its tables in an empty database. */
    void setUp();

    /** Removes all jobs. */
    void clear();

    /**
     * Queues jobs that do nothing, each with a number as payload, in the way that the library has for many jobs.
     *
     * @return how long it took until the last was committed
     */
    Duration enqueue(int jobs);

    /**
     * Works off what is queued with a worker that is started for it.
     *
     * @return how long it took from the start of the worker until the last handler had returned and the database knew of it
     */
    Duration drain(int jobs);

    /** {@return whether it is so slow that it gets fewer jobs} */
    default boolean isSlow() {
        return false;
    }

    /** Gives back connections and processes. */
    @Override
    void close();
}
