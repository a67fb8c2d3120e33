package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.internal.Crowd;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many jobs run, are held and are kept, where the server hands them out. */
class NatsLimitsIT {
    private static final JobType<Integer> TASK =
            JobType.of("task", Integer.class).retries(Backoff.constant(Duration.ZERO), 3);
    private static final JobType<Integer> RARE =
            JobType.of("rare", Integer.class).retries(Backoff.constant(Duration.ZERO), 3);
    private static final JobType<Integer> SECOND = JobType.of("second", Integer.class);

    private final String namespace = TestNats.shared().namespace();
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private Connection connection;
    private NatsJobs jobs;

    @BeforeEach
    void open() {
        connection = QuietConnection.to(TestNats.shared().url());
        jobs = jobs(config -> {});
    }

    private NatsJobs jobs(Consumer<NatsJobsConfig> more) {
        return NatsJobs.create(connection, config -> {
            config.namespace(namespace).lease(ofSeconds(2));
            more.accept(config);
        });
    }

    @AfterEach
    void close() throws InterruptedException {
        mayEnd.release(1_000_000);
        jobs.close();
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    private List<EnqueuedJob> enqueue(JobType<Integer> type, int count) {
        return jobs.enqueueAll(
                IntStream.range(0, count).mapToObj(i -> JobRequest.of(type, i)).toList());
    }

    private List<JobInfo> succeeded() {
        return jobs.control().list(JobQuery.all().states(JobState.SUCCEEDED).limit(1_000));
    }

    private void stay() throws InterruptedException {
        begun.incrementAndGet();
        mayEnd.acquire();
    }

    @Test
    void neverRunsMoreThanSlotsAndTypeLimitsAllow() {
        Crowd crowd = new Crowd();
        JobHandler<Integer> handler = (job, number) -> crowd.visit(job, number % 3 * 100_000L);
        Random random = new Random(42);
        List<JobType<Integer>> types = List.of(TASK, RARE, SECOND);
        List<JobRequest<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            requests.add(JobRequest.of(types.get(random.nextInt(3)), i).queue(random.nextBoolean() ? "a" : "b"));
        }
        jobs.enqueueAll(requests);
        try (Worker worker = jobs.worker(config -> config.queue("a", 5)
                .queue("b", 3)
                .handle(TASK, handler)
                .handle(RARE, 2, handler)
                .handle(SECOND, 1, handler))) {
            worker.start();
            until(() -> succeeded().size() == 600);
        }
        assertThat(crowd.most.get("a")).isLessThanOrEqualTo(5);
        assertThat(crowd.most.get("b")).isLessThanOrEqualTo(3);
        assertThat(crowd.most.get("rare")).isLessThanOrEqualTo(2);
        assertThat(crowd.most.get("second")).isEqualTo(1);
        assertThat(succeeded()).as("going back is no attempt").allMatch(job -> job.attempt() == 1);
    }

    @Test
    void countsNoAttemptsOfJobsThatGoBackWhileTheirTypeHasNoRoom() {
        enqueue(RARE, 20);
        try (Worker worker = jobs.worker(config -> config.queue("default", 8)
                .poll(ofMillis(100))
                .handle(TASK, (job, number) -> {})
                .handle(RARE, 1, (job, number) -> stay()))) {
            worker.start();
            long since = System.nanoTime();
            until(() -> System.nanoTime() - since > ofSeconds(5).toNanos());
            assertThat(begun).hasValue(1);
            mayEnd.release(20);
            until(() -> succeeded().size() == 20);
        }
        assertThat(succeeded()).allMatch(job -> job.attempt() == 1);
    }

    @Test
    void goesOnWithALimitedTypeWithoutWaitingForThePoll() {
        enqueue(RARE, 50);
        try (Worker worker = jobs.worker(config -> config.poll(Duration.ofMinutes(10))
                .handle(TASK, (job, number) -> {})
                .handle(RARE, 1, (job, number) -> {}))) {
            worker.start();
            until(() -> succeeded().size() == 50);
        }
    }

    @Test
    void runsWhatStandsBehindJobsOfATypeThatIsFull() {
        enqueue(RARE, 300);
        AtomicInteger others = new AtomicInteger();
        try (Worker worker = jobs.worker(config -> config.queue("default", 4)
                .poll(Duration.ofMinutes(10))
                .handle(TASK, (job, number) -> others.incrementAndGet())
                .handle(RARE, 1, (job, number) -> stay()))) {
            worker.start();
            until(() -> begun.get() == 1);
            enqueue(TASK, 40);
            until(() -> others.get() == 40);
            mayEnd.release(300);
            until(() -> succeeded().size() == 340);
        }
        assertThat(succeeded()).as("going back is no attempt").allMatch(job -> job.attempt() == 1);
    }

    /** {@return the most jobs that were delivered and not acknowledged while a worker had all its slots taken} */
    private long mostHeld(Worker worker, int slots) {
        worker.start();
        until(() -> begun.get() == slots);
        long most = 0;
        for (int i = 0; i < 300; i++) {
            most = Math.max(most, held());
            if (i % 3 == 0) {
                int before = begun.get();
                mayEnd.release();
                until(() -> begun.get() > before);
            }
        }
        return most;
    }

    private long held() {
        long held = 0;
        for (Names.Band band : Names.Band.values()) {
            Names names = jobs.store().names();
            held += jobs.store()
                    .wire()
                    .api("CONSUMER.INFO." + names.work + '.' + names.consumer("default", band), null)
                    .path("num_ack_pending")
                    .asLong();
        }
        return held;
    }

    @Test
    void holdsAtMostTwoMoreThanItHasSlots() {
        enqueue(TASK, 200);
        try (Worker worker = jobs.worker(config -> config.queue("default", 4).handle(TASK, (job, number) -> stay()))) {
            assertThat(mostHeld(worker, 4)).isBetween(4L, 6L);
            mayEnd.release(1_000);
        }
    }

    @Test
    void keepsNoMoreEndedJobsAndLinesThanItIsTold() {
        jobs.close();
        jobs = jobs(config -> config.mostKept(5));
        List<EnqueuedJob> made = enqueue(TASK, 12);
        List<Integer> order = new ArrayList<>();
        try (Worker worker = jobs.worker(config -> config.queue("default", 1).handle(TASK, (job, number) -> {
            job.log("line of " + number);
            synchronized (order) {
                order.add(number);
            }
        }))) {
            worker.start();
            until(() -> jobs.control().queues().stream().noneMatch(queue -> queue.queued() > 0 || queue.running() > 0));
        }
        assertThat(order).hasSize(12);
        List<JobInfo> kept = succeeded();
        assertThat(kept).extracting(JobInfo::payload).containsExactlyInAnyOrder("7", "8", "9", "10", "11");
        assertThat(kept).allMatch(job -> jobs.control().events(job.id()).size() == 1);
        assertThat(jobs.control().find(made.get(0).id())).isEmpty();
        assertThat(jobs.control().events(made.get(0).id())).isEmpty();
    }
}
