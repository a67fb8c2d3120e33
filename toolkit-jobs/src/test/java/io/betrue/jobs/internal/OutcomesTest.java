package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How attempts end when nobody disturbs them. */
class OutcomesTest extends EngineTest {
    @Test
    void succeedsByReturning() {
        start((job, task) -> job.result(List.of(task.number())));

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(done.result()).isEqualTo("[0]");
        assertThat(done.attempt()).isEqualTo(1);
    }

    @Test
    void triesAgainAfterAnExceptionAndDiesAfterTheLastAttempt() {
        start((job, task) -> {
            throw new IllegalStateException("attempt " + job.attempt());
        });

        JobInfo dead = awaitState(enqueue(TASK), JobState.DEAD);

        assertThat(dead.attempt()).isEqualTo(3);
        assertThat(dead.error()).isEqualTo("java.lang.IllegalStateException: attempt 3");
        assertThat(events(dead.id(), JobEvent.Kind.ERROR)).hasSize(3);
    }

    @Test
    void treatsErrorsAsFailures() {
        start((job, task) -> {
            throw new StackOverflowError("deep");
        });

        assertThat(awaitState(enqueue(TASK), JobState.DEAD).error()).isEqualTo("java.lang.StackOverflowError: deep");
    }

    @Test
    void waitsByTheBackoffOfTheType() {
        JobType<Task> slow = TASK.retries(Backoff.constant(Duration.ofHours(1)), 3);
        start(worker -> worker.handle(slow, (job, task) -> {
            throw new IllegalStateException("later");
        }));

        JobInfo waiting = awaitState(enqueue(slow), JobState.DELAYED);

        assertThat(waiting.runAt()).isAfter(Instant.now().plus(Duration.ofMinutes(44)));
        assertThat(waiting.attempt()).isEqualTo(1);
    }

    @Test
    void boundsWaitsThatNoStoreCouldKeep() {
        JobType<Task> never = TASK.retries((failures, random) -> Duration.ofSeconds(Long.MAX_VALUE), 3);
        JobType<Task> past = JobType.of("past", Task.class).retries((failures, random) -> Duration.ofDays(-1), 1_000);
        AtomicInteger runs = new AtomicInteger();
        start(worker -> worker.handle(never, (job, task) -> {
                    throw new IllegalStateException("for ever");
                })
                .handle(past, (job, task) -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("at once");
                    }
                }));

        awaitState(enqueue(never), JobState.DELAYED);
        awaitState(enqueue(past), JobState.SUCCEEDED);
    }

    @Test
    void doesNotCountSnoozes() {
        AtomicInteger runs = new AtomicInteger();
        start((job, task) -> {
            if (runs.incrementAndGet() < 10) {
                throw job.snooze(Duration.ZERO);
            }
        });

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(1);
        assertThat(runs).hasValue(10);
    }

    @Test
    void failsForGoodInTheFirstAttempt() {
        start((job, task) -> {
            throw job.failForGood("no such account");
        });

        JobInfo dead = awaitState(enqueue(TASK), JobState.DEAD);

        assertThat(dead.attempt()).isEqualTo(1);
        assertThat(dead.error()).isEqualTo("failForGood: no such account");
    }

    @Test
    void cancelsItself() {
        start((job, task) -> {
            throw job.cancel("not wanted");
        });

        long id = enqueue(TASK);
        awaitState(id, JobState.CANCELLED);

        assertThat(events(id, JobEvent.Kind.CONTROL)).contains("not wanted");
    }

    @Test
    void retriesAtATimeOfItsOwnUntilTheLastAttempt() {
        start((job, task) -> {
            throw job.retryIn(Duration.ofMillis(job.attempt()), "busy");
        });

        JobInfo dead = awaitState(enqueue(TASK), JobState.DEAD);

        assertThat(dead.attempt()).isEqualTo(3);
        assertThat(dead.error()).isEqualTo("retryIn: busy");
    }

    @Test
    void keepsAJobThatNoHandlerStandsFor() {
        start((job, task) -> {});
        JobType<Task> stranger = JobType.of("stranger", Task.class);

        JobInfo waiting = awaitState(enqueue(stranger), JobState.DELAYED);
        JobInfo dead = awaitState(
                jobs.enqueue(JobRequest.of(stranger, new Task(0)).attempts(1)).id(), JobState.DEAD);

        assertThat(waiting.error()).contains("no handler for job type stranger");
        assertThat(dead.error()).contains("no handler for job type stranger");
        assertThat(jobs.control().events(dead.id()))
                .noneMatch(event -> String.valueOf(event.detail()).contains("\tat "));
    }

    @Test
    void keepsAJobWhosePayloadCannotBeRead() {
        start(worker -> worker.handle(JobType.of("text", Task.class), (job, task) -> {}));

        long id = jobs.enqueue(JobRequest.of(JobType.of("text", String.class), "not a record")
                        .attempts(1))
                .id();

        assertThat(awaitState(id, JobState.DEAD).error()).contains("payload of job type text cannot be read as Task");
    }

    @Test
    void bringsOldPayloadsUpAndRefusesNewerOnes() {
        JobType<Task> first = JobType.of("grown", Task.class).retries(Backoff.constant(Duration.ofHours(1)), 2);
        JobType<Task> third = first.upcast(tree -> ((ObjectNode) tree).put("number", 1))
                .upcast(tree ->
                        ((ObjectNode) tree).put("number", tree.get("number").asInt() + 1));
        JobType<Task> fourth = third.upcast(tree -> tree);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        start(worker -> worker.handle(third, (job, task) -> seen.add(task.number())));

        awaitState(enqueue(first), JobState.SUCCEEDED);
        JobInfo newer = awaitState(enqueue(fourth), JobState.DELAYED);

        assertThat(seen).containsExactly(2);
        assertThat(newer.error()).contains("has version 4, this worker knows up to 3");
    }

    @Test
    void failsWhenAnUpcasterOrTheBackoffDoes() {
        JobType<Task> broken = JobType.of("broken", Task.class);
        start(worker -> worker.handle(
                broken.retries(
                                (failures, random) -> {
                                    throw new IllegalArgumentException("backoff");
                                },
                                2)
                        .upcast(tree -> {
                            throw new IllegalStateException("upcaster");
                        }),
                (job, task) -> {}));

        JobInfo waiting = awaitState(enqueue(broken), JobState.DELAYED);

        assertThat(waiting.attempt()).isEqualTo(1);
    }

    @Test
    void tellsTheListenerOncePerAttempt() {
        List<JobOutcome> told = new CopyOnWriteArrayList<>();
        start(worker -> worker.listener((type, queue, outcome, took) -> {
                    told.add(outcome);
                    throw new IllegalStateException("a listener that fails harms nobody");
                })
                .handle(TASK, (job, task) -> {
                    if (job.attempt() == 1) {
                        throw job.retryIn(Duration.ZERO, "again");
                    }
                }));

        awaitState(enqueue(TASK), JobState.SUCCEEDED);
        await("both are told", () -> told.size() == 2);

        assertThat(told.get(0)).isInstanceOf(JobOutcome.Retried.class);
        assertThat(told.get(1)).isInstanceOf(JobOutcome.Succeeded.class);
    }
}
