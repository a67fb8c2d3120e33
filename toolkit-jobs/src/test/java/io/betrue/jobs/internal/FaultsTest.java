package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stores and executors that fail. */
class FaultsTest extends EngineTest {
    private static void fail(String what) {
        throw new JobException(what);
    }

    @Test
    void waitsForAStoreThatIsNotThereYet() {
        AtomicBoolean down = new AtomicBoolean(true);
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (down.get()) {
                    fail("not there");
                }
            }
        };
        long id = enqueue(TASK);
        Worker worker = start((job, task) -> {});
        await("it is told", () -> worker.health().problem() != null);
        assertThat(worker.health().healthy()).isFalse();

        down.set(false);

        awaitState(id, JobState.SUCCEEDED);
        await("it is well", () -> worker.health().healthy() && worker.health().problem() == null);
    }

    @Test
    void goesOnByItselfAfterAnOutage() {
        AtomicBoolean down = new AtomicBoolean();
        AtomicInteger runs = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                if (down.get()) {
                    fail("away");
                }
            }
        };
        Worker worker = start(w -> w.queue("default", 4)
                .heartbeat(Duration.ofMillis(500))
                .handle(TASK, (job, task) -> {
                    if (runs.incrementAndGet() == 100) {
                        down.set(true);
                    }
                }));
        enqueue(TASK, 500);
        await("it is told", () -> worker.health().problem() != null);
        pass(Duration.ofMillis(400));

        down.set(false);

        await("all are done", () -> count(JobState.SUCCEEDED) == 500);
        assertThat(runs).hasValue(500);
    }

    @Test
    void losesNothingWhenAnyCallFailsBeforeOrAfterTheDeed() {
        Random random = new Random(7);
        AtomicBoolean calm = new AtomicBoolean();
        store.script = new ScriptedStore.Script() {
            @Override
            public void before(ScriptedStore.Op op) {
                shake(op, "before ");
            }

            @Override
            public void after(ScriptedStore.Op op) {
                shake(op, "after ");
            }

            private void shake(ScriptedStore.Op op, String when) {
                boolean may = op != ScriptedStore.Op.OPEN && op != ScriptedStore.Op.CLOSE && !calm.get();
                synchronized (random) {
                    if (may && random.nextInt(8) == 0) {
                        fail(when + op);
                    }
                }
            }
        };
        Set<Long> lost = ConcurrentHashMap.newKeySet();
        start(w ->
                w.queue("default", 8).poll(Duration.ofMillis(100)).handle(TASK, (job, task) -> lost.remove(job.id())));
        for (int i = 0; i < 10; i++) {
            enqueue(TASK, 40);
        }

        await("all are done", () -> count(JobState.SUCCEEDED) == 400);
        calm.set(true);
        assertThat(jobs.control().list(JobQuery.all().limit(1_000))).allMatch(job -> job.attempt() == 1);
    }

    @Test
    void givesBackWhatAClaimWithoutAnswerTook() {
        AtomicInteger lost = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public List<ClaimedJob> claimed(List<ClaimedJob> claimed) {
                if (!claimed.isEmpty() && lost.getAndIncrement() == 0) {
                    fail("the answer is lost");
                }
                return claimed;
            }
        };
        start((job, task) -> {});

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(1);
        assertThat(store.calls(ScriptedStore.Op.GIVE_BACK)).isEqualTo(1);
    }

    @Test
    void countsAnOutcomeOnceWhoseAnswerWasLost() {
        AtomicInteger lost = new AtomicInteger();
        store.script = new ScriptedStore.Script() {
            @Override
            public void after(ScriptedStore.Op op) {
                if (op == ScriptedStore.Op.SETTLE && lost.getAndIncrement() < 3) {
                    fail("the answer is lost");
                }
            }
        };
        AtomicInteger runs = new AtomicInteger();
        start((job, task) -> {
            if (runs.incrementAndGet() == 1) {
                throw job.retryIn(Duration.ZERO, "again");
            }
        });

        JobInfo done = awaitState(enqueue(TASK), JobState.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(2);
        assertThat(runs).hasValue(2);
    }

    @Test
    void storesTheOthersWhenOneOutcomeCannotBeStored() {
        JobType<Task> poison = JobType.of("poison", Task.class);
        AtomicBoolean cured = new AtomicBoolean();
        ScriptedStore picky = new ScriptedStore(store) {
            @Override
            public StoreSession open(WorkerCard card, StoreListener listener) {
                return new PickySession(super.open(card, listener), () -> !cured.get());
            }
        };
        CoreJobs own = new CoreJobs(picky, new JobCodec(JobCodec.defaultMapper(), () -> null));
        CountDownLatch all = new CountDownLatch(41);
        try (Worker worker = own.worker(w -> w.queue("default", 50)
                .handle(TASK, (job, task) -> {
                    all.countDown();
                    all.await();
                })
                .handle(poison, (job, task) -> {
                    all.countDown();
                    all.await();
                }))) {
            enqueue(TASK, 20);
            long bad = enqueue(poison);
            enqueue(TASK, 20);
            worker.start();

            await("the others are stored", () -> count(JobState.SUCCEEDED) == 40);
            assertThat(job(bad).state()).isEqualTo(JobState.RUNNING);
            cured.set(true);
            awaitState(bad, JobState.SUCCEEDED);
        }
    }

    @Test
    void endsWhatItHadWhenItWasTakenForDeadAndBeginsAnew() throws InterruptedException {
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch runs = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Worker worker = start(w -> w.heartbeat(Duration.ofSeconds(5)).handle(TASK, (job, task) -> {
            if (begun.incrementAndGet() == 1) {
                runs.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    told.add(job.cancellation().orElse("none"));
                }
            }
        }));
        long id = enqueue(TASK);
        runs.await();

        // what the others do to one that is silent
        store.sessions.get(0).close();

        JobInfo done = awaitState(id, JobState.SUCCEEDED);
        await("the handler is told", () -> !told.isEmpty());
        assertThat(told).containsExactly("this process was silent for too long, another worker has the job");
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(store.calls(ScriptedStore.Op.OPEN)).isEqualTo(2);
        assertThat(worker.health().healthy()).isTrue();
        await("nothing runs", () -> worker.health().running() == 0);
        awaitState(enqueue(TASK), JobState.SUCCEEDED);
    }

    @Test
    void givesJobsBackWhileTheExecutorRefuses() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        Executor executor = task -> {
            if (refuses.get()) {
                throw new RejectedExecutionException("full");
            }
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        };
        Worker worker = start(w -> w.queue("default", 4).executor(executor).handle(TASK, (job, task) -> {}));
        enqueue(TASK, 20);
        await("it is told", () -> worker.health().problem() != null);
        pass(Duration.ofMillis(500));
        assertThat(store.calls(ScriptedStore.Op.CLAIM))
                .as("claims while it refuses")
                .isLessThan(20);

        refuses.set(false);

        await("all are done", () -> count(JobState.SUCCEEDED) == 20);
        assertThat(jobs.control().list(JobQuery.all())).allMatch(job -> job.attempt() == 1);
    }

    @Test
    void givesBackJobsOfQueuesItNeverAskedFor() {
        AtomicBoolean lied = new AtomicBoolean();
        store.script = new ScriptedStore.Script() {
            @Override
            public List<ClaimedJob> claimed(List<ClaimedJob> claimed) {
                if (claimed.isEmpty() || lied.getAndSet(true)) {
                    return claimed;
                }
                ClaimedJob job = claimed.get(0);
                return List.of(new ClaimedJob(
                        job.id(),
                        job.lease(),
                        job.type(),
                        job.version(),
                        "elsewhere",
                        job.attempt(),
                        job.attempts(),
                        job.timeout(),
                        job.payload(),
                        job.tags(),
                        job.enqueuedAt(),
                        job.trace()));
            }
        };
        start((job, task) -> {});

        assertThat(awaitState(enqueue(TASK), JobState.SUCCEEDED).attempt()).isEqualTo(1);
    }

    @Test
    void dropsARunOfAJobThatTheStoreHandsOutAgain() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Set<Long> firsts = ConcurrentHashMap.newKeySet();
        BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
        Set<Long> again = ConcurrentHashMap.newKeySet();
        List<ClaimedJob> taken = new CopyOnWriteArrayList<>();
        store.script = new ScriptedStore.Script() {
            @Override
            public List<ClaimedJob> claimed(List<ClaimedJob> claimed) {
                taken.addAll(claimed);
                // as after a crash that has forgotten the claim: the same job under the same number
                List<ClaimedJob> all = new ArrayList<>(claimed);
                taken.stream()
                        .filter(job -> again.remove(job.id()))
                        .map(FaultsTest::copy)
                        .forEach(all::add);
                return all;
            }
        };
        Worker worker = start(w -> w.queue("default", 2).prefetch(0).handle(TASK, (job, task) -> {
            boolean first = firsts.add(job.id());
            begun.add(job.id());
            if (first) {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    told.add(job.cancellation().orElse("none"));
                }
            }
        }));

        for (int i = 0; i < 3; i++) { // more often than there are slots: none must be lost
            long id = enqueue(TASK);
            assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
            again.add(id);
            store.listeners.forEach(listener -> listener.jobsWaiting("default"));
            assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(id);

            assertThat(awaitState(id, JobState.SUCCEEDED).attempt()).isEqualTo(1);
            assertThat(told.poll(20, TimeUnit.SECONDS))
                    .isEqualTo("the store has forgotten this claim in a crash, the job runs again");
        }
        await("nothing runs", () -> worker.health().running() == 0);
    }

    private static ClaimedJob copy(ClaimedJob job) {
        return new ClaimedJob(
                job.id(),
                job.lease(),
                job.type(),
                job.version(),
                job.queue(),
                job.attempt(),
                job.attempts(),
                job.timeout(),
                job.payload(),
                job.tags(),
                job.enqueuedAt(),
                job.trace());
    }
}
