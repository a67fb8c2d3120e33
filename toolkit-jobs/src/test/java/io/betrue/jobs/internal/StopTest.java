package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How workers stop. */
class StopTest extends EngineTest {
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void letsRunningJobsFinishAndBeatsMeanwhile() {
        CountDownLatch begun = new CountDownLatch(3);
        Worker worker = start(w -> w.heartbeat(Duration.ofMillis(100)).handle(TASK, (job, task) -> {
            begun.countDown();
            release.await();
        }));
        enqueue(TASK, 3);
        await("they run", () -> begun.getCount() == 0);

        Thread stopper = new Thread(() -> worker.stop(LONG));
        stopper.start();
        await(
                "it beats on",
                () -> store.drainingBeats.stream().filter(draining -> draining).count() > 3);
        enqueue(TASK, 1);
        release.countDown();
        join(stopper);

        assertThat(count(JobState.SUCCEEDED)).isEqualTo(3);
        assertThat(count(JobState.QUEUED)).isEqualTo(1);
        assertThat(worker.health().healthy()).isFalse();
    }

    private static void join(Thread thread) {
        await("the thread ends", () -> !thread.isAlive());
    }

    @Test
    void givesBackWhatWasNotBegunWithItsAttemptUnchanged() {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch warm = new CountDownLatch(1);
        Worker worker = start(w -> w.queue("default", 2).prefetch(50).handle(TASK, (job, task) -> {
            if (task.number() >= 100) {
                return;
            }
            begun.incrementAndGet();
            warm.countDown();
            release.await();
        }));
        warmUp();
        enqueue(TASK, 20);
        await("some wait for a thread", () -> worker.health().buffered() > 5 && begun.get() == 2);

        Thread stopper = new Thread(() -> worker.stop(LONG));
        stopper.start();
        await("they are back", () -> count(JobState.RUNNING) == 2);
        release.countDown();
        join(stopper);

        assertThat(begun).hasValue(2);
        List<JobInfo> back = jobs.control().list(JobQuery.all().states(JobState.QUEUED));
        assertThat(back).hasSize(18).allMatch(job -> job.attempt() == 0);
    }

    private void warmUp() {
        for (int i = 0; i < 200; i++) {
            jobs.enqueue(TASK, new Task(100 + i));
        }
        await("it is quick", () -> count(JobState.SUCCEEDED) == 200);
    }

    @Test
    void cancelsWhatStillRunsAfterTheLimit() {
        List<String> reasons = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(2);
        Worker worker = start((job, task) -> {
            begun.countDown();
            try {
                release.await();
            } finally {
                reasons.add(job.cancellation().orElse("none"));
            }
        });
        enqueue(TASK, 2);
        await("they run", () -> begun.getCount() == 0);

        assertThat(worker.stop(Duration.ofMillis(50))).isFalse();

        assertThat(reasons).containsExactly("the worker stops", "the worker stops");
        assertThat(jobs.control().list(JobQuery.all().states(JobState.QUEUED)))
                .hasSize(2)
                .allMatch(job -> job.attempt() == 1);
    }

    @Test
    void leavesNothingRunningWhenAHandlerDoesNotEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Worker worker = start((job, task) -> {
            begun.countDown();
            EndingsTest.awaitStubbornly(release);
            done.countDown();
        });
        long id = enqueue(TASK);
        await("it runs", () -> begun.getCount() == 0);

        assertThat(worker.stop(Duration.ZERO)).isFalse();

        assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
        release.countDown();
        await("the handler ends", () -> done.getCount() == 0);
        assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void isNotDeadAfterAStopInItsLastAttempt() {
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = start((job, task) -> {
            begun.countDown();
            release.await();
        });
        long id = jobs.enqueue(JobRequest.of(TASK, new Task(0)).attempts(1)).id();
        await("it runs", () -> begun.getCount() == 0);

        worker.stop(Duration.ZERO);

        assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
        start((job, task) -> {});
        awaitState(id, JobState.SUCCEEDED);
    }

    @Test
    void stopsOnceForAllWhoAskIt() {
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = start((job, task) -> {
            begun.countDown();
            release.await();
        });
        enqueue(TASK);
        await("it runs", () -> begun.getCount() == 0);
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        List<Thread> stoppers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread stopper = new Thread(() -> answers.add(worker.stop(LONG)));
            stoppers.add(stopper);
            stopper.start();
        }
        await("one stops, others wait", () -> store.drainingBeats.contains(true));
        assertThat(worker.health().running()).isEqualTo(1);
        release.countDown();
        stoppers.forEach(StopTest::join);

        assertThat(answers).containsExactly(true, true, true, true);
        worker.close();
        worker.close();
        assertThat(store.calls(ScriptedStore.Op.CLOSE)).isEqualTo(1);
    }

    @Test
    void stopsAtOnceWhenTheStopperIsInterrupted() {
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = start((job, task) -> {
            begun.countDown();
            release.await();
        });
        long id = enqueue(TASK);
        await("it runs", () -> begun.getCount() == 0);
        List<Boolean> flags = new CopyOnWriteArrayList<>();
        Thread stopper = new Thread(() -> {
            worker.stop(Duration.ofDays(1_000_000));
            flags.add(Thread.currentThread().isInterrupted());
        });
        stopper.start();
        await("it drains", () -> store.drainingBeats.contains(true));
        stopper.interrupt();
        join(stopper);

        assertThat(flags).containsExactly(true);
        assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void stopsWhileTheStoreIsAway() {
        Worker worker = start((job, task) -> {});
        awaitState(enqueue(TASK), JobState.SUCCEEDED);
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (op != ScriptedStore.Op.CLOSE) {
                    throw new JobException("away");
                }
            }
        };

        assertThat(worker.stop(LONG)).isTrue();
    }

    @Test
    void stopsBeforeTheStoreWasEverThere() {
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                throw new JobException("away");
            }
        };
        Worker worker = start((job, task) -> {});

        assertThat(worker.stop(LONG)).isTrue();
        assertThatThrownBy(worker::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before");
    }

    @Test
    void closesUnstarted() throws InterruptedException {
        Worker worker = jobs.worker(w -> w.handle(TASK, (job, task) -> {}));

        worker.close();

        worker.run(); // returns at once
        assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runsUntilItIsClosedByAnother() {
        Worker worker = jobs.worker(w -> w.handle(TASK, (job, task) -> {}));
        Thread runner = new Thread(() -> {
            try {
                worker.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        runner.start();
        awaitState(enqueue(TASK), JobState.SUCCEEDED);
        assertThat(runner.isAlive()).isTrue();

        worker.close();

        join(runner);
    }

    @Test
    void losesNothingOverManyStartsAndStopsAndLeaksNoThread() {
        enqueue(TASK, 900);
        AtomicInteger runs = new AtomicInteger();
        Thread.getAllStackTraces(); // warm
        long before = engineThreads();
        for (int i = 0; i < 200; i++) {
            Worker worker = start(w -> w.queue("default", 4).handle(TASK, (job, task) -> runs.incrementAndGet()));
            int wanted = Math.min(900, runs.get() + i % 7);
            await("it ran some", () -> runs.get() >= wanted);
            long began = System.nanoTime();
            worker.close();
            assertThat(System.nanoTime() - began)
                    .as("nanoseconds of stop %s", i)
                    .isLessThan(5_000_000_000L);
            assertThat(count(JobState.RUNNING)).as("running after stop %s", i).isZero();
        }
        start((job, task) -> runs.incrementAndGet());
        await("all are done", () -> count(JobState.SUCCEEDED) == 900);
        jobs.close();

        assertThat(runs).hasValue(900);
        await("threads end", () -> engineThreads() <= before);
    }

    private static long engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("job"))
                .count();
    }
}
