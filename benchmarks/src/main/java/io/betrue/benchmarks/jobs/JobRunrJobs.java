package io.betrue.benchmarks.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr, asking every 5 s, the least that it allows; jobs queued as a stream. */
final class JobRunrJobs extends JavaSystem {
    static final String NAME = "jobrunr";

    JobRunrJobs(String jdbcUrl) {
        super(NAME, jdbcUrl);
    }

    /** A job; public, and its handler too, because the library makes them by reflection. */
    public record Payload(@JsonProperty("id") int id) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** What a job does. */
    public static final class Handler implements JobRequestHandler<Payload> {
        @Override
        public void run(Payload payload) {
            NoOps.run(payload.id);
        }
    }

    @Override
    public void setUp() {
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(dataSource()))
                .initialize();
    }

    @Override
    public void clear() {
        pool().execute("truncate jobrunr_jobs");
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public Duration enqueue(int jobs) {
        long since = System.nanoTime();
        BackgroundJobRequest.enqueue(IntStream.range(0, jobs).mapToObj(Payload::new));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    void enqueueOne(int id) {
        BackgroundJobRequest.enqueue(new Payload(id));
    }

    @Override
    Worker startWorker() {
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(dataSource()))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(THREADS)
                                .andPollInterval(Duration.ofSeconds(5)),
                        false)
                .initialize();
        BackgroundJobServer server = JobRunr.getBackgroundJobServer();
        server.start();
        return server::stop;
    }

    @Override
    String doneQuery() {
        return "select not exists (select from jobrunr_jobs where state <> 'SUCCEEDED')";
    }

    @Override
    public void close() {
        JobRunr.destroy();
        super.close();
    }
}
