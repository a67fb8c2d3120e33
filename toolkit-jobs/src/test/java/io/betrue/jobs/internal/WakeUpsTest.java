package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.Worker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How soon jobs start, and how little happens when there are none. */
class WakeUpsTest extends EngineTest {
    @Test
    void startsAtOnceWhenIdle() {
        AtomicLong started = new AtomicLong();
        start(worker ->
                worker.poll(Duration.ofMinutes(10)).handle(TASK, (job, task) -> started.set(System.nanoTime())));
        long[] micros = new long[200];

        for (int i = 0; i < micros.length; i++) {
            long before = System.nanoTime();
            awaitState(enqueue(TASK), JobState.SUCCEEDED);
            micros[i] = (started.get() - before) / 1_000;
        }

        Arrays.sort(micros);
        assertThat(micros[micros.length / 2]).as("median in microseconds").isLessThan(20_000);
    }

    @Test
    void asksForNothingWhileNothingIsToDo() {
        start((job, task) -> {});
        awaitState(enqueue(TASK), JobState.SUCCEEDED);
        pass(Duration.ofMillis(100));
        int before = store.calls(ScriptedStore.Op.CLAIM);

        pass(Duration.ofSeconds(1));

        assertThat(store.calls(ScriptedStore.Op.CLAIM) - before).isLessThanOrEqualTo(1);
    }

    @Test
    void idlesWhileAllSlotsAreTaken() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        start(worker ->
                worker.queue("default", 2).poll(Duration.ofMillis(100)).handle(TASK, (job, task) -> done.await()));
        enqueue(TASK, 10);
        await("two run", () -> count(JobState.RUNNING) == 2);
        Thread fetcher = thread("jobs-fetch");
        int before = store.calls(ScriptedStore.Op.CLAIM);
        long cpu = cpuMillis(fetcher);

        pass(Duration.ofSeconds(1)); // ten polls

        assertThat(store.calls(ScriptedStore.Op.CLAIM)).isEqualTo(before);
        assertThat(cpuMillis(fetcher) - cpu)
                .as("milliseconds of CPU in a second")
                .isLessThan(200);
        done.countDown();
        await("all are done", () -> count(JobState.SUCCEEDED) == 10);
    }

    @Test
    void idlesWhileItsQueueIsPausedAndGoesOnAfterwards() {
        jobs.control().pause("default");
        start(worker -> worker.poll(Duration.ofMinutes(10)).handle(TASK, (job, task) -> {}));
        await("it beats", () -> store.calls(ScriptedStore.Op.BEAT) > 0);
        long id = enqueue(TASK);
        pass(Duration.ofMillis(300));
        assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
        assertThat(store.calls(ScriptedStore.Op.CLAIM)).isLessThan(5);

        jobs.control().resume("default");

        awaitState(id, JobState.SUCCEEDED);
    }

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long cpuMillis(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) / 1_000_000;
    }

    @Test
    void findsJobsByPollingWhenNobodyWakesIt() {
        ScriptedStore silent = new ScriptedStore(store) {
            @Override
            public StoreSession open(WorkerCard card, StoreListener listener) {
                return super.open(card, new DeafListener());
            }
        };
        CoreJobs deaf = new CoreJobs(silent, new JobCodec(JobCodec.defaultMapper(), () -> null));
        try (Worker worker = deaf.worker(w -> w.queue("default", 2)
                .queue("busy", 2)
                .poll(Duration.ofMillis(50))
                .handle(TASK, (job, task) -> {
                    if (job.queue().equals("busy")) {
                        throw job.snooze(Duration.ZERO);
                    }
                }))) {
            worker.start();
            // a queue that always has something to do does not keep the others from being looked at
            jobs.enqueue(JobRequest.of(TASK, new Task(0)).queue("busy"));
            awaitState(enqueue(TASK), JobState.SUCCEEDED);
            awaitState(enqueue(TASK), JobState.SUCCEEDED);
        }
        jobs.control()
                .list(JobQuery.all().queue("busy"))
                .forEach(job -> jobs.control().discard(job.id()));
    }

    @Test
    void startsDelayedJobsWhenTheyAreDue() {
        start(worker -> worker.poll(Duration.ofMinutes(10)).handle(TASK, (job, task) -> {}));
        long late = jobs.enqueue(JobRequest.of(TASK, new Task(0)).in(Duration.ofHours(1)))
                .id();
        long soon = jobs.enqueue(JobRequest.of(TASK, new Task(0)).in(Duration.ofMillis(200)))
                .id();

        JobInfo done = awaitState(soon, JobState.SUCCEEDED);

        assertThat(Duration.between(done.enqueuedAt(), done.startedAt()))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
        assertThat(job(late).state()).isEqualTo(JobState.DELAYED);
    }

    @Test
    void goesOnUnderAStormOfWakeUps() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        start(worker -> worker.queue("default", 16).poll(Duration.ofMinutes(10)).handle(TASK, (job, task) -> {
            if (task.number() < 14) {
                done.await();
            }
        }));
        enqueue(TASK, 14); // two slots are left: too few for a claim under load
        await("14 run", () -> count(JobState.RUNNING) == 14);
        List<StoreListener> listeners = store.listeners;
        Thread storm = new Thread(() -> {
            while (done.getCount() > 0) {
                listeners.forEach(listener -> listener.jobsWaiting("default"));
                LockSupport.parkNanos(1_000_000);
            }
        });
        storm.start();

        for (int i = 0; i < 20; i++) {
            awaitState(jobs.enqueue(TASK, new Task(99)).id(), JobState.SUCCEEDED);
        }
        done.countDown();
        storm.join();
        await("all are done", () -> count(JobState.SUCCEEDED) == 34);
    }
}
