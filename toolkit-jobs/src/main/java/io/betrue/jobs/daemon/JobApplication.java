package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an application hands to {@link JobDaemon}: its handlers and schedules. Found with {@link java.util.ServiceLoader}: the class is named in {@code
 * META-INF/services/io.betrue.jobs.daemon.JobApplication}, or by {@code provides} in a {@code module-info}, and has a public constructor without
 * parameters. The same class can serve a worker inside the application, so that handlers are registered in one place.
 */
public interface JobApplication extends AutoCloseable {
    /**
     * Registers handlers, and whatever else differs from the defaults. Queues that are named here are replaced by the command line's, if it names any.
     * Called once. The command {@code enqueue} calls it too, to know types and what their jobs carry, starts nothing, and closes the application: what is
     * costly to open is better opened by the first job.
     *
     * @param worker the worker to be
     * @param surroundings what the process has
     * @throws Exception ends the process with status 1
     */
    void configure(WorkerConfig worker, Surroundings surroundings) throws Exception;

    /** {@return recurring jobs, which {@code run} puts into the store at start; none by default} */
    default List<Schedule<?>> schedules() {
        return List.of();
    }

    /** Releases what {@link #configure} has opened; called once, after the last handler has ended. What it throws is logged. */
    @Override
    default void close() {}

    /**
     * What the process has.
     *
     * @param jobs to enqueue more with
     * @param dataSource the pool of the jobs' database, which the process closes; {@code null} where the jobs are in NATS
     * @param variables environment variables, unmodifiable
     */
    record Surroundings(Jobs jobs, @Nullable DataSource dataSource, Map<String, String> variables) {
        /**
         * Copies the variables.
         *
         * @param jobs to enqueue more with
         * @param dataSource the pool, or {@code null}
         * @param variables environment variables
         */
        public Surroundings {
            variables = Map.copyOf(variables);
        }

        /**
         * {@return the pool of the jobs' database, which the process closes}
         *
         * @throws JobException if the jobs are in NATS, where there is none
         */
        @Override
        public DataSource dataSource() {
            if (dataSource == null) {
                throw new JobException("the jobs are in NATS, so that there is no database here; open your own");
            }
            return dataSource;
        }

        /** {@return whether there is a pool of a database} */
        public boolean hasDataSource() {
            return dataSource != null;
        }
    }
}
