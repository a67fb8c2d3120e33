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

/** JobRunr with 20 workers, asking every 5 s, the least that it allows; jobs queued as a stream. */
final class JobRunrJobs implements JobSystem {
    private final Pool pool;

    JobRunrJobs(String url) {
        pool = new Pool(url);
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
            NoOps.run();
        }
    }

    @Override
    public String name() {
        return "JobRunr";
    }

    @Override
    public void setUp() {
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(pool.dataSource()))
                .initialize();
    }

    @Override
    public void clear() {
        pool.execute("truncate jobrunr_jobs");
    }

    @Override
    public Duration enqueue(int jobs) {
        long since = System.nanoTime();
        BackgroundJobRequest.enqueue(IntStream.range(0, jobs).mapToObj(Payload::new));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public Duration drain(int jobs) {
        NoOps.expect(jobs);
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(pool.dataSource()))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(JobsComparison.WORKERS)
                                .andPollInterval(Duration.ofSeconds(5)),
                        false)
                .initialize();
        BackgroundJobServer server = JobRunr.getBackgroundJobServer();
        long since = System.nanoTime();
        server.start();
        NoOps.await();
        pool.awaitTrue("select not exists (select from jobrunr_jobs where state <> 'SUCCEEDED')");
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        server.stop();
        NoOps.checkEachRanOnce();
        return took;
    }

    @Override
    public void close() {
        JobRunr.destroy();
        pool.close();
    }
}
