package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Attempts that are told to end. */
class EndingsTest extends EngineTest {
    private static final JobType<Task> SHORT = TASK.timeout(Duration.ofMillis(100));
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void interruptsAnAttemptWhoseTimeIsOver() {
        List<String> reasons = new CopyOnWriteArrayList<>();
        start(worker -> worker.handle(SHORT, (job, task) -> {
            try {
                never.await();
            } finally {
                reasons.add(job.cancellation().orElse("none"));
            }
        }));

        JobInfo dead = awaitState(enqueue(SHORT), JobState.DEAD);

        assertThat(dead.error()).isEqualTo("timeout: the attempt took longer than PT0.1S");
        assertThat(reasons).hasSize(3).containsOnly("the attempt took longer than PT0.1S");
    }

    @Test
    void succeedsWhenItEndsWellAllTheSame() {
        start(worker -> worker.handle(SHORT, (job, task) -> awaitQuietly()));

        assertThat(awaitState(enqueue(SHORT), JobState.SUCCEEDED).attempt()).isEqualTo(1);
    }

    private void awaitQuietly() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void settlesAnAttemptThatIgnoresItsTime() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        start(worker -> worker.queue("default", 2).handle(SHORT, (job, task) -> {
            awaitStubbornly(release);
            finished.incrementAndGet();
        }));

        // 5 seconds of grace after the interrupt
        JobInfo waiting = awaitState(enqueue(SHORT), JobState.DELAYED);
        assertThat(waiting.error()).startsWith("timeout: ");

        release.countDown();
        await("the handler is done", () -> finished.get() == 1);
        awaitState(enqueue(SHORT), JobState.SUCCEEDED);
        assertThat(job(waiting.id()).state()).isEqualTo(JobState.DELAYED);
    }

    static void awaitStubbornly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancelsARunningJob() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        AtomicInteger called = new AtomicInteger();
        start((job, task) -> {
            job.onCancel(called::incrementAndGet);
            runs.countDown();
            never.await();
        });
        long id = enqueue(TASK);
        runs.await();

        assertThat(jobs.control().cancel(id)).isTrue();

        awaitState(id, JobState.CANCELLED);
        assertThat(called).hasValue(1);
    }

    @Test
    void cancelsARunningJobWhoseNewsWasLostWithTheNextBeat() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        start(worker -> worker.heartbeat(Duration.ofMillis(100)).handle(TASK, (job, task) -> {
            runs.countDown();
            // cancelled before the attempt is known to the worker
            assertThat(job.isCancelled()).isFalse();
            never.await();
        }));
        store.script = new ScriptedStore.Script() {
            @Override
            public List<ClaimedJob> claimed(List<ClaimedJob> claimed) {
                claimed.forEach(job -> jobs.control().cancel(job.id()));
                return claimed;
            }
        };
        long id = enqueue(TASK);
        runs.await();

        awaitState(id, JobState.CANCELLED);
    }

    @Test
    void callsOnCancelAtOnceWhenItIsTooLate() {
        AtomicInteger called = new AtomicInteger();
        start(worker -> worker.handle(SHORT, (job, task) -> {
            awaitQuietly();
            job.onCancel(called::incrementAndGet);
        }));

        awaitState(enqueue(SHORT), JobState.SUCCEEDED);

        assertThat(called).hasValue(1);
    }

    @Test
    void neverLeaksAnInterruptIntoTheNextJob() {
        JobType<Task> hasty = JobType.of("hasty", Task.class).timeout(Duration.ofMillis(2));
        AtomicInteger leaked = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        start(worker -> worker.queue("default", 4)
                .handle(hasty, (job, task) -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(task.number() % 4); // the work
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        Thread.currentThread().interrupt();
                    }
                })
                .handle(TASK, (job, task) -> {
                    if (Thread.currentThread().isInterrupted()) {
                        leaked.incrementAndGet();
                    }
                }));

        for (int i = 0; i < 10; i++) {
            enqueue(hasty, 50);
            enqueue(TASK, 50);
        }

        await("all are done", () -> count(JobState.SUCCEEDED) == 1_000);
        assertThat(interrupted.get()).isPositive();
        assertThat(leaked).hasValue(0);
    }
}
