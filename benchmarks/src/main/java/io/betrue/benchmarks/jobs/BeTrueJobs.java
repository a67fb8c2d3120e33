package io.betrue.benchmarks.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.postgres.PostgresJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** toolkit-jobs with its defaults, but for the number of threads; jobs queued 1,000 at a time. In one form it keeps no history, as most of its peers. */
final class BeTrueJobs extends JavaSystem {
    static final String NAME = "be-true";
    static final String NO_HISTORY = "be-true-no-history";
    private static final int BATCH = 1_000;
    private static final JobType<Payload> NO_OP = JobType.of("no-op", Payload.class);

    private final PostgresJobs jobs;

    BeTrueJobs(String name, String jdbcUrl) {
        super(name, jdbcUrl);
        this.jobs = PostgresJobs.create(dataSource(), config -> {
            if (name.equals(NO_HISTORY)) {
                config.keep(JobState.SUCCEEDED, Duration.ZERO);
            }
        });
    }

    record Payload(@JsonProperty("id") int id) {}

    @Override
    public void setUp() {
        PostgresJobs.migrate(dataSource(), "jobs");
    }

    @Override
    public void clear() {
        pool().execute("truncate jobs.job, jobs.job_delayed, jobs.job_finished");
    }

    @Override
    public Duration enqueue(int count) {
        return enqueue(count, Duration.ZERO);
    }

    /** Queues jobs that are due later. */
    Duration enqueue(int count, Duration delay) {
        long since = System.nanoTime();
        List<JobRequest<Payload>> batch = new ArrayList<>(BATCH);
        for (int id = 0; id < count; id++) {
            JobRequest<Payload> request = JobRequest.of(NO_OP, new Payload(id));
            batch.add(delay.isZero() ? request : request.in(delay));
            if (batch.size() == BATCH || id == count - 1) {
                jobs.enqueueAll(batch);
                batch.clear();
            }
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Queues jobs in one transaction, whose payloads count on from a number. */
    void enqueueFrom(int first, int count) {
        jobs.enqueueAll(IntStream.range(first, first + count)
                .mapToObj(id -> JobRequest.of(NO_OP, new Payload(id)))
                .toList());
    }

    @Override
    void enqueueOne(int id) {
        jobs.enqueue(NO_OP, new Payload(id));
    }

    @Override
    Worker startWorker() {
        return startWorker(jobs);
    }

    /** Starts a worker whose connections come from elsewhere, so that they can be watched. */
    static Worker startWorker(DataSource dataSource) {
        PostgresJobs own = PostgresJobs.create(dataSource, config -> {});
        Worker worker = startWorker(own);
        return () -> {
            worker.stop();
            own.close();
        };
    }

    private static Worker startWorker(PostgresJobs jobs) {
        return jobs.worker(config ->
                        config.queue("default", THREADS).handle(NO_OP, (job, payload) -> NoOps.run(payload.id)))
                .start()::close;
    }

    @Override
    String doneQuery() {
        return "select not exists (select from jobs.job)";
    }

    @Override
    public void close() {
        jobs.close();
        super.close();
    }
}
