package io.betrue.examples.wallet;

import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.JobException;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.daemon.JobApplication;
import io.betrue.jobs.daemon.JobApplication.Surroundings;
import io.betrue.jobs.postgres.PostgresJobs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the application's jobs inside it, on connections of its own so that neither keeps the other waiting. Safe for use by multiple threads. */
public final class InnerWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InnerWorker.class);

    private final PostgresJobs jobs;
    private final JobApplication work;
    private final Instruments instruments;
    private final Worker worker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread schedules = new Thread(this::putSchedules, "jobs-schedules");

    /**
     * Prepares the worker; nothing is connected before {@link #start}.
     *
     * @param dataSource connections; stays the caller's to close
     * @param schema the PostgreSQL schema of the jobs
     * @param work who handles which job
     * @param instruments where attempts are seen, and how many jobs wait
     */
    public InnerWorker(DataSource dataSource, String schema, JobApplication work, Instruments instruments) {
        this.work = work;
        this.instruments = instruments;
        this.jobs = PostgresJobs.create(
                dataSource, config -> config.schema(schema).openTelemetry(instruments.openTelemetry()));
        schedules.setDaemon(true);
        this.worker = jobs.worker(config -> configure(
                config.openTelemetry(instruments.openTelemetry()), new Surroundings(jobs, dataSource, Map.of())));
    }

    private void configure(WorkerConfig config, Surroundings surroundings) {
        try {
            work.configure(config, surroundings);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StartException("jobs cannot be handled: " + e, e);
        }
    }

    /** Starts to take jobs; a database that goes away is tried again for ever. Its tables must be there. */
    public void start() {
        worker.start();
        instruments.watch(jobs.control());
        schedules.start();
    }

    private void putSchedules() {
        boolean said = false;
        while (closed.getCount() > 0) {
            try {
                work.schedules().forEach(jobs.schedules()::put);
                return;
            } catch (JobException e) {
                if (!said) {
                    LOG.warn("schedules cannot be stored yet, trying again until they are: {}", e.getMessage());
                    said = true;
                }
            }
            try {
                if (closed.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * Takes no more jobs and lets running ones finish; those that do not finish in time run again, here or elsewhere.
     *
     * @param limit how long that may take
     */
    public void stop(Duration limit) {
        worker.stop(limit);
    }

    @Override
    public void close() {
        closed.countDown();
        jobs.close();
    }
}
