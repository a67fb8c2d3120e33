package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.testing.MemoryStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** Workers with threads over jobs in memory, by the real clock. */
abstract class EngineTest {
    record Task(int number) {}

    static final JobType<Task> TASK = JobType.of("task", Task.class).retries(Backoff.constant(Duration.ZERO), 3);
    static final Duration LONG = Duration.ofSeconds(20);

    final ScriptedStore store = new ScriptedStore(MemoryStores.create(Clock.systemUTC()));
    final CoreJobs jobs = new CoreJobs(store, new JobCodec(JobCodec.defaultMapper(), () -> null));

    @AfterEach
    void nothingIsLeftWithAWorkerOrSettledTwice() {
        store.script = new ScriptedStore.Script() {};
        jobs.close();
        assertThat(jobs.control().list(JobQuery.all().states(JobState.RUNNING))).isEmpty();
        assertThat(jobs.control().workers()).isEmpty();
        assertThat(store.settledTwice()).isEmpty();
    }

    Worker start(Consumer<WorkerConfig> config) {
        return jobs.worker(config).start();
    }

    Worker start(JobHandler<Task> handler) {
        return start(worker -> worker.handle(TASK, handler));
    }

    long enqueue(JobType<Task> type) {
        return jobs.enqueue(type, new Task(0)).id();
    }

    void enqueue(JobType<Task> type, int count) {
        jobs.enqueueAll(IntStream.range(0, count)
                .mapToObj(number -> JobRequest.of(type, new Task(number)))
                .toList());
    }

    JobInfo job(long id) {
        return jobs.control().find(id).orElseThrow();
    }

    List<String> events(long id, JobEvent.Kind kind) {
        return jobs.control().events(id).stream()
                .filter(event -> event.kind() == kind)
                .map(JobEvent::text)
                .toList();
    }

    long count(JobState state) {
        return jobs.control().list(JobQuery.all().states(state).limit(1_000)).size();
    }

    JobInfo awaitState(long id, JobState state) {
        await("job " + id + " is " + state, () -> job(id).state() == state);
        return job(id);
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(500_000);
        }
    }

    /** Lets real time pass, where the point is that nothing happens in it. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
