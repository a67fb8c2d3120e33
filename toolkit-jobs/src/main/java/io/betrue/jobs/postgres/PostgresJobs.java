package io.betrue.jobs.postgres;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.internal.CoreJobs;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.Producer;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Jobs kept in PostgreSQL 12 or later, in a schema of their own beside the application's tables, so that a job can be part of the application's
 * transaction: it exists when the transaction commits, and never existed when it is rolled back.
 * <pre>{@code
 * PostgresJobs.migrate(dataSource, "jobs");
 * PostgresJobs jobs = PostgresJobs.create(dataSource, config -> {});
 * jdbi.useTransaction(handle -> { orders.insert(handle, order); jobs.in(handle).enqueue(MAIL, mail); });
 * }</pre>
 * Safe for use by multiple threads.
 */
public final class PostgresJobs implements Jobs {
    private final PostgresStore store;
    private final CoreJobs core;
    private final JobCodec codec;
    private final Producer producer;

    private PostgresJobs(PostgresStore store, JobCodec codec, Producer producer) {
        this.store = store;
        this.codec = codec;
        this.producer = producer;
        this.core = new CoreJobs(store, codec);
    }

    /**
     * Makes jobs of a database; asks it nothing yet. Its tables must be there when the first job comes: {@link #migrate} makes them.
     *
     * @param dataSource where connections come from, best a pool; each call takes one for a short time. A worker that listens holds one as long as it runs,
     *     besides up to four that it takes for single statements. Stays the caller's to close
     * @param config says what differs from the defaults; called once, at once
     * @return the jobs, which the caller closes
     */
    public static PostgresJobs create(DataSource dataSource, Consumer<PostgresJobsConfig> config) {
        Objects.requireNonNull(dataSource, "dataSource");
        PostgresJobsConfig own = new PostgresJobsConfig();
        config.accept(own);
        PostgresStore store = own.store(dataSource);
        return new PostgresJobs(store, new JobCodec(own.mapper(), Producer::trace), own.producer());
    }

    /**
     * Brings the tables up to date, and makes them the first time; does nothing when they are. Several processes may call it at once, and processes with
     * the version before may still run. Needs Flyway: {@code org.flywaydb:flyway-core} and {@code org.flywaydb:flyway-database-postgresql}.
     *
     * @param dataSource a database in which this user may create a schema, or may create tables in the one that is there
     * @param schema where: 1 to 48 lower-case letters, digits and {@code _}; holds nothing else
     * @throws IllegalArgumentException if the name has another shape
     * @throws JobException if the database refuses
     */
    public static void migrate(DataSource dataSource, String schema) {
        Migrations.run(dataSource, new Schema(schema));
    }

    /**
     * {@return what enqueues as a part of a transaction: one round trip for as many as 1,000 jobs, and nothing of it remains when the transaction is
     * rolled back}
     *
     * @param connection has begun the transaction; must lead to the database of these jobs. Neither committed nor closed here
     */
    public Enqueuer in(Connection connection) {
        Objects.requireNonNull(connection, "connection");
        return new Enqueuer() {
            @Override
            public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
                return requests.isEmpty()
                        ? List.of()
                        : producer.sends(requests, () -> store.insert(connection, codec.write(requests)));
            }
        };
    }

    /**
     * {@return what enqueues as a part of a transaction: one round trip for as many as 1,000 jobs, and nothing of it remains when the transaction is
     * rolled back}
     *
     * @param handle has begun the transaction; must lead to the database of these jobs
     */
    public Enqueuer in(Handle handle) {
        return in(handle.getConnection());
    }

    /**
     * Ends a running job well as a part of a transaction: what its handler wrote there and the job's end are both kept or both not. The handler returns
     * after the commit; what it does then no longer changes how the job ended.
     *
     * @param connection has begun the transaction; must lead to the database of these jobs
     * @param job what the handler was given
     * @throws JobException if another worker has the job since this process was silent for too long: let the transaction be rolled back
     */
    public void completeIn(Connection connection, JobContext job) {
        store.complete(connection, job.id(), job.lease());
    }

    /**
     * Ends a running job well as a part of a transaction: what its handler wrote there and the job's end are both kept or both not. The handler returns
     * after the commit; what it does then no longer changes how the job ended.
     *
     * @param handle has begun the transaction; must lead to the database of these jobs
     * @param job what the handler was given
     * @throws JobException if another worker has the job since this process was silent for too long: let the transaction be rolled back
     */
    public void completeIn(Handle handle, JobContext job) {
        completeIn(handle.getConnection(), job);
    }

    @Override
    public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
        return requests.isEmpty() ? List.of() : producer.sends(requests, () -> core.enqueueAll(requests));
    }

    @Override
    public Worker worker(Consumer<WorkerConfig> config) {
        return core.worker(config);
    }

    @Override
    public JobControl control() {
        return core.control();
    }

    @Override
    public Schedules schedules() {
        return core.schedules();
    }

    @Override
    public void close() {
        core.close();
        store.close();
    }
}
