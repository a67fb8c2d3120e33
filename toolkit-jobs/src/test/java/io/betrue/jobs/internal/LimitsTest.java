package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How many jobs run and are held at once, and in which order. */
class LimitsTest extends EngineTest {
    private static final JobType<Task> RARE = JobType.of("rare", Task.class);
    private static final JobType<Task> SECOND = JobType.of("second", Task.class);

    @Test
    void neverRunsMoreThanSlotsAndTypeLimitsAllow() {
        Crowd crowd = new Crowd();
        JobHandler<Task> handler = (job, task) -> crowd.visit(job, task.number() % 3 * 100_000L);
        start(worker -> worker.queue("a", 5)
                .queue("b", 3)
                .handle(TASK, handler)
                .handle(RARE, 2, handler)
                .handle(SECOND, 1, handler));
        Random random = new Random(42);
        List<JobType<Task>> types = List.of(TASK, RARE, SECOND);
        List<JobRequest<Task>> requests = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            requests.add(
                    JobRequest.of(types.get(random.nextInt(3)), new Task(i)).queue(random.nextBoolean() ? "a" : "b"));
        }
        jobs.enqueueAll(requests);

        await("all are done", () -> count(JobState.SUCCEEDED) == 900);

        assertThat(crowd.most.get("a")).isEqualTo(5);
        assertThat(crowd.most.get("b")).isEqualTo(3);
        assertThat(crowd.most.get("rare")).isLessThanOrEqualTo(2);
        assertThat(crowd.most.get("second")).isEqualTo(1);
    }

    @Test
    void usesAllSlotsForSlowJobs() {
        Crowd crowd = new Crowd();
        start(worker -> worker.queue("default", 8).poll(Duration.ofMinutes(1)).handle(TASK, (job, task) -> {
            crowd.enter("all");
            LockSupport.parkNanos(100_000_000);
            crowd.leave("all");
        }));
        enqueue(TASK, 16);
        await("the first are done", () -> count(JobState.SUCCEEDED) == 16);
        crowd.most.clear();

        enqueue(TASK, 8);
        await("all are done", () -> count(JobState.SUCCEEDED) == 24);

        assertThat(crowd.most.get("all")).isEqualTo(8);
    }

    @Test
    void goesOnWithALimitedTypeWithoutWaitingForThePoll() {
        start(worker -> worker.poll(Duration.ofMinutes(10))
                .handle(TASK, (job, task) -> {})
                .handle(RARE, 1, (job, task) -> {}));
        enqueue(RARE, 50);

        await("all are done", () -> count(JobState.SUCCEEDED) == 50);
    }

    @Test
    void findsOtherTypesWithOneSlotAndALimitedTypeThatNobodyWants() {
        start(worker -> worker.queue("default", 1)
                .poll(Duration.ofMinutes(10))
                .handle(TASK, (job, task) -> {})
                .handle(RARE, 1, (job, task) -> {})
                .handle(SECOND, 1, (job, task) -> {}));

        for (int i = 1; i <= 20; i++) {
            int done = i;
            enqueue(i % 2 == 0 ? TASK : SECOND, 1);
            await("job " + i, () -> count(JobState.SUCCEEDED) == done);
        }
    }

    @Test
    void startsTheMostUrgentFirst() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        List<Integer> order = new CopyOnWriteArrayList<>();
        start(worker -> worker.queue("default", 1).prefetch(0).handle(TASK, (job, task) -> {
            first.await();
            order.add(task.number());
        }));
        enqueue(TASK);
        await("it runs", () -> count(JobState.RUNNING) == 1);
        for (int priority : new int[] {-100, 5, 0, 100, 7}) {
            jobs.enqueue(JobRequest.of(TASK, new Task(priority)).priority(priority));
        }
        first.countDown();

        await("all are done", () -> order.size() == 6);
        assertThat(order).containsExactly(0, 100, 7, 5, 0, -100);
    }

    @Test
    void fetchesAheadOnlyWhileHandlersAreQuick() {
        AtomicInteger slow = new AtomicInteger();
        start(worker -> worker.queue("default", 4)
                .prefetch(100)
                .handle(TASK, (job, task) -> LockSupport.parkNanos(slow.get())));

        enqueue(TASK, 400);
        await("all are done", () -> count(JobState.SUCCEEDED) == 400);
        assertThat(mostAsked()).isGreaterThan(4).isLessThanOrEqualTo(104);

        slow.set(60_000_000);
        enqueue(TASK, 12);
        await("the slow ones are done", () -> count(JobState.SUCCEEDED) == 412);
        enqueue(TASK, 20);
        await("they are noticed", () -> count(JobState.SUCCEEDED) == 432);
        store.lanes.clear();
        enqueue(TASK, 8);
        await("all are done", () -> count(JobState.SUCCEEDED) == 440);
        assertThat(mostAsked()).isLessThanOrEqualTo(4);
    }

    private int mostAsked() {
        return store.lanes.stream()
                .mapToInt(lanes -> lanes.stream().mapToInt(Lane::room).sum())
                .max()
                .orElse(0);
    }

    @Test
    void neverHoldsMoreThanItHasRoomFor() {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public List<ClaimedJob> claimed(List<ClaimedJob> claimed) {
                most.accumulateAndGet(held.addAndGet(claimed.size()), Math::max);
                return claimed;
            }
        };
        start(worker -> worker.queue("default", 6).prefetch(0).handle(TASK, (job, task) -> {
            LockSupport.parkNanos(task.number() % 5 * 50_000L);
            held.decrementAndGet();
        }));

        enqueue(TASK, 1_000);
        await("all are done", () -> count(JobState.SUCCEEDED) == 1_000);

        assertThat(most.get()).isBetween(1, 6);
    }

    @Test
    void givesBackWhatItFetchedAheadWhenHandlersBecomeSlow() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        start(worker -> worker.name("quick until now")
                .queue("default", 2)
                .prefetch(50)
                .handle(TASK, (job, task) -> {
                    if (task.number() < 0) {
                        stuck.await();
                    }
                }));
        enqueue(TASK, 200);
        await("it has become quick", () -> count(JobState.SUCCEEDED) == 200);

        List<JobRequest<Task>> slow = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            slow.add(JobRequest.of(TASK, new Task(-1)));
        }
        jobs.enqueueAll(slow);
        await("the rest is there for others", () -> count(JobState.RUNNING) == 2 && count(JobState.QUEUED) == 28);
        stuck.countDown();
        await("all are done", () -> count(JobState.SUCCEEDED) == 230);
        assertThat(jobs.control().list(JobQuery.all().limit(1_000))).allMatch(job -> job.attempt() == 1);
    }
}
