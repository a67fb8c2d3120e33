package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What attempts say of themselves. */
class ReportsTest extends EngineTest {
    @Test
    void showsProgressWhileItRuns() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        start((job, task) -> {
            job.progress(0.25, "a quarter");
            seen.await();
        });
        long id = enqueue(TASK);

        await("progress is seen", () -> job(id).progress() != null);

        assertThat(job(id).progress()).isEqualTo(0.25);
        assertThat(job(id).progressMessage()).isEqualTo("a quarter");
        seen.countDown();
        awaitState(id, JobState.SUCCEEDED);
    }

    @Test
    void keepsTheLastWordsOfAQuickAttempt() {
        start((job, task) -> {
            job.progress(7, "too much");
            job.log("first");
            job.log("last");
        });

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(store.reports).extracting(Report::progress).contains(1.0);
        assertThat(events(done.id(), JobEvent.Kind.LOG)).containsExactly("first", "last");
    }

    @Test
    void losesNoLineWhoseReportIsSlowerThanTheOutcome() throws InterruptedException {
        CountDownLatch reporting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (op == ScriptedStore.Op.REPORT) {
                    reporting.countDown();
                    EndingsTest.awaitStubbornly(goOn);
                }
            }
        };
        start((job, task) -> {
            job.log("on its way");
            reporting.await();
        });
        long id = enqueue(TASK);
        reporting.await();
        pass(Duration.ofMillis(100)); // time for the outcome to overtake, if it could
        goOn.countDown();

        awaitState(id, JobState.SUCCEEDED);
        assertThat(events(id, JobEvent.Kind.LOG)).containsExactly("on its way");
    }

    @Test
    void boundsLinesAndMessages() {
        start((job, task) -> {
            for (int i = 0; i < 150; i++) {
                job.log(i + "x".repeat(2_000));
            }
            job.log("\0");
            job.progress(Double.NaN, "y".repeat(300));
        });

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(events(done.id(), JobEvent.Kind.LOG)).hasSize(100).allMatch(line -> line.length() == 1_000);
        assertThat(store.reports).last().satisfies(last -> {
            assertThat(last.message()).hasSize(200);
            assertThat(last.progress()).isZero();
        });
    }

    @Test
    void failsWhenTheResultIsTooLarge() {
        start((job, task) -> job.result("z".repeat(70_000)));

        assertThat(awaitState(enqueue(TASK), JobState.DEAD).error())
                .startsWith(JobException.class.getName())
                .contains("at most 65536 characters");
    }

    @Test
    void ignoresWhatIsSaidAfterTheEnd() {
        List<JobContext> contexts = new CopyOnWriteArrayList<>();
        start((job, task) -> contexts.add(job));
        long id = enqueue(TASK);
        awaitState(id, JobState.SUCCEEDED);

        JobContext context = contexts.get(0);
        context.log("too late");
        context.progress(0.5, "too late");
        context.result("too late");
        long next = enqueue(TASK);
        awaitState(next, JobState.SUCCEEDED);

        assertThat(job(id).progress()).isNull();
        assertThat(events(id, JobEvent.Kind.LOG)).isEmpty();
    }

    @Test
    void beatsAndTriesAgainWhileReportsFail() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (op == ScriptedStore.Op.REPORT && store.calls(op) < 3) {
                    throw new JobException("reports are not taken");
                }
            }
        };
        start(worker -> worker.heartbeat(Duration.ofMillis(100)).handle(TASK, (job, task) -> {
            job.log("a line");
            done.await();
        }));
        long id = enqueue(TASK);

        await("the line is kept", () -> !events(id, JobEvent.Kind.LOG).isEmpty());
        assertThat(store.calls(ScriptedStore.Op.BEAT)).isGreaterThan(5);
        assertThat(store.calls(ScriptedStore.Op.OPEN)).isEqualTo(1);
        done.countDown();
        awaitState(id, JobState.SUCCEEDED);
    }
}
