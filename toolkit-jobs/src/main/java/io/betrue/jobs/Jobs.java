package io.betrue.jobs;

import java.util.function.Consumer;

/**
 * Durable background jobs: takes them in, runs them, shows and changes them. A backend makes it, see {@code PostgresJobs} and {@code NatsJobs}. Safe
 * for use by multiple threads; one for an application is enough.
 */
public interface Jobs extends Enqueuer, AutoCloseable {
    /**
     * Makes a worker that runs jobs in this process once it is started.
     * <pre>{@code
     * try (Worker worker = jobs.worker(w -> w.queue("default", 16).handle(MAIL, (job, mail) -> mailer.send(mail)))) { worker.run(); }
     * }</pre>
     *
     * @param config says which queues and types, and what differs from the defaults; called once, at once
     * @return the worker, which the caller closes
     * @throws IllegalArgumentException if the configuration contradicts itself
     */
    Worker worker(Consumer<WorkerConfig> config);

    /** {@return the view from outside} */
    JobControl control();

    /** {@return recurring jobs} */
    Schedules schedules();

    /** Closes workers that are still open, then whatever this object opened itself; not what was handed in. Does nothing the second time. */
    @Override
    void close();
}
