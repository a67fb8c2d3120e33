package io.betrue.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs in this process. Made by {@link Jobs#worker}; does nothing before it is started. Safe for use by multiple threads.
 */
public interface Worker extends AutoCloseable {
    /**
     * Starts; returns at once. A store that does not answer is tried again for ever.
     *
     * @return this
     * @throws IllegalStateException if it has been started or closed before
     */
    Worker start();

    /**
     * Starts unless started, and waits until the worker is closed by another thread, or this thread is interrupted.
     *
     * @throws InterruptedException if this thread is interrupted; the worker goes on
     */
    void run() throws InterruptedException;

    /**
     * Stops: takes nothing more, gives back what was fetched and not started, and lets running jobs finish. What still runs at the end of the time is
     * cancelled, and goes back to be run again; its attempt counts. Heart-beats go on meanwhile. Later calls wait for the first.
     *
     * @param limit how long running jobs may take; zero to cancel at once
     * @return whether all running jobs finished in time
     */
    boolean stop(Duration limit);

    /** {@return how it is} */
    Health health();

    /** Stops with the configured limit, 20 seconds by default. */
    @Override
    void close();

    /**
     * How a worker is.
     *
     * @param healthy whether it runs and has reached the store within the time after which others would take it for dead
     * @param running attempts that run now
     * @param buffered jobs that are fetched and not started
     * @param problem what keeps it from the store, or {@code null}
     */
    record Health(
            boolean healthy,
            int running,
            int buffered,
            @Nullable String problem) {}
}
