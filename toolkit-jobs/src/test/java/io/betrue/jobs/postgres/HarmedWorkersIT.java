package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that are killed, or stand still; small versions of what {@code benchmarks/jobs-faults} does. */
class HarmedWorkersIT {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs", source -> PostgresJobs.migrate(source, "jobs"));

    private Jdbi jdbi;
    private PostgresJobs jobs;

    @BeforeEach
    void open() {
        jdbi = Jdbi.create(DATABASE.dataSource());
        jdbi.useHandle(handle -> handle.execute(WorkerProcess.TABLE));
        jobs = PostgresJobs.create(DATABASE.dataSource(), config -> {});
    }

    @AfterEach
    void close() {
        jobs.close();
        jdbi.useHandle(handle ->
                handle.execute("drop table ran; truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.worker"));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private List<Long> enqueue(JobType<Integer> type, int count, int millis) {
        return jobs
                .enqueueAll(IntStream.range(0, count)
                        .mapToObj(number -> JobRequest.of(type, millis))
                        .toList())
                .stream()
                .map(job -> job.id())
                .toList();
    }

    private Worker survivor() {
        return jobs.worker(config -> WorkerProcess.configure(config, "survivor", DATABASE.dataSource()))
                .start();
    }

    private Worker survivor(CountDownLatch late) {
        return jobs.worker(config -> config.heartbeat(WorkerProcess.HEARTBEAT)
                        .queue("default", WorkerProcess.SLOTS)
                        .handle(WorkerProcess.STUBBORN, (job, none) -> {
                            WorkerProcess.write(DATABASE.dataSource(), WorkerProcess.BEGAN, job);
                            job.result("survivor");
                            late.await();
                        }))
                .start();
    }

    private Set<Long> longs(String sql) {
        return new HashSet<>(jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).list()));
    }

    private long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private JobInfo job(long id) {
        return jobs.control().find(id).orElseThrow();
    }

    private boolean allSucceeded(List<Long> ids) {
        return ids.stream().allMatch(id -> job(id).state() == JobState.SUCCEEDED);
    }

    @Test
    void runsAllJobsOfAKilledProcessAndOnlyThoseItHeldTwice() throws Exception {
        List<Long> ids = enqueue(WorkerProcess.SHORT, 60, 50);
        Set<Long> held;
        try (WorkerProcess victim = WorkerProcess.start(DATABASE.jdbcUrl(), "victim")) {
            await("some ran", () -> number("select count(*) from ran") > 2 * WorkerProcess.SLOTS);
            victim.kill();
            await(
                    "its last statements are over",
                    () -> number("select count(*) from pg_stat_activity where application_name = 'victim'") == 0);
            held = longs("select id from jobs.job where worker is not null");
        }
        Worker survivor = survivor();

        await("all have run", () -> allSucceeded(ids));

        survivor.close();
        Set<Long> twice = longs("select job from ran group by job having count(*) > 1");
        assertThat(held).as("in flight at the kill").isNotEmpty().containsAll(twice);
        assertThat(longs("select distinct job from ran")).hasSize(ids.size());
        assertThat(ids).allMatch(id -> job(id).attempt() == (held.contains(id) ? 2 : 1));
        assertThat(number("select count(*) from (select distinct job, lease from ran) as r"))
                .isEqualTo(number("select count(*) from ran"));
    }

    @Test
    void refusesWhatAProcessThatStoodStillComesUpWithAndTellsItsHandlers() throws Exception {
        List<Long> ids = enqueue(WorkerProcess.STUBBORN, WorkerProcess.SLOTS, 0);
        try (WorkerProcess victim = WorkerProcess.start(DATABASE.jdbcUrl(), "victim")) {
            await("all run", () -> number("select count(*) from ran") == ids.size());
            victim.signal("STOP");
            CountDownLatch late = new CountDownLatch(1);
            Worker survivor = survivor(late);
            await("the other runs them", () -> number("select count(*) from ran where lease > 1") == ids.size());

            victim.signal("CONT");

            await("its handlers are told", () -> number("select count(*) from ran where told") == ids.size());
            victim.end(); // after it has tried to store that they ended well
            assertThat(ids).allMatch(id -> job(id).state() == JobState.RUNNING);
            late.countDown();
            await("all have run", () -> allSucceeded(ids));
            survivor.close();
        }
        assertThat(ids).allSatisfy(id -> {
            assertThat(job(id).result()).isEqualTo("\"survivor\"");
            assertThat(job(id).attempt()).isEqualTo(2);
        });
        assertThat(number("select count(*) from jobs.job_finished")).isEqualTo(ids.size());
    }
}
