package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Outcomes that come faster than one batch at a time can be stored. */
class SettlersTest extends EngineTest {
    @Test
    void storesASecondBatchWhileTheFirstIsUnderWay() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger alone = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (op == ScriptedStore.Op.SETTLE) {
                    both.countDown();
                    alone.addAndGet(arrives(both) ? 0 : 1);
                }
            }
        };
        enqueue(TASK, 6_000);
        start(SettlersTest::manyAtATime);
        await("all are done", () -> count(JobState.QUEUED) + count(JobState.RUNNING) == 0);
        assertThat(alone).hasValue(0);
    }

    /** Handlers run on the thread that fetches, so that however slow they are, outcomes of more than a batch come together. */
    private static void manyAtATime(WorkerConfig worker) {
        worker.queue("default", 2_000).executor(Runnable::run).handle(TASK, (job, task) -> {});
    }

    private static boolean arrives(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void losesNothingWhenOnlyTheSecondFails() {
        AtomicInteger failed = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (op == ScriptedStore.Op.SETTLE) {
                    if (Thread.currentThread().getName().equals("jobs-settle-2")) {
                        failed.incrementAndGet();
                        throw new JobException("not you");
                    }
                    pass(Duration.ofMillis(20)); // so that more comes together than a batch
                }
            }
        };
        enqueue(TASK, 3_000);
        Worker worker = start(SettlersTest::manyAtATime);
        await("the second is needed", () -> failed.get() > 0);
        await("all are done", () -> count(JobState.QUEUED) + count(JobState.RUNNING) == 0);
        assertThat(worker.stop(LONG)).isTrue();
        assertThat(count(JobState.QUEUED)).isZero();
    }
}
