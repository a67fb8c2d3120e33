package io.betrue.examples.monolith;

import io.betrue.jobs.Worker;
import io.betrue.jobs.daemon.JobApplication.Surroundings;
import io.betrue.jobs.postgres.PostgresJobs;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** Runs the application's jobs inside it, on connections of its own so that neither keeps the other waiting. Safe for use by multiple threads. */
final class InnerWorker implements AutoCloseable {
    private final PostgresJobs jobs;
    private final BackgroundWork work = new BackgroundWork();
    private final Worker worker;

    /** Prepares the worker; nothing is connected before {@link #start}. */
    InnerWorker(DataSource dataSource) {
        this.jobs = PostgresJobs.create(dataSource, config -> config.schema(BackgroundWork.SCHEMA));
        this.worker = jobs.worker(config -> work.configure(config, new Surroundings(jobs, dataSource, Map.of())));
    }

    /** Starts to take jobs; a database that goes away is tried again for ever. Its tables must be there. */
    void start() {
        work.schedules().forEach(jobs.schedules()::put);
        worker.start();
    }

    /** Takes no more jobs and lets running ones finish; those that do not finish in time run again, here or elsewhere. */
    void stop(Duration limit) {
        worker.stop(limit);
    }

    @Override
    public void close() {
        jobs.close();
    }
}
