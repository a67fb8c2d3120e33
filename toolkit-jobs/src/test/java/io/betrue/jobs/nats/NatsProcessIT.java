package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that are killed, kill themselves, or stand still. */
class NatsProcessIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private String namespace;
    private Connection connection;
    private KeyValue ran;
    private NatsJobs jobs;

    @BeforeEach
    void open() throws IOException, JetStreamApiException {
        namespace = NATS.namespace();
        connection = QuietConnection.to(NATS.url());
        String bucket = namespace + "-ran";
        connection
                .keyValueManagement()
                .create(KeyValueConfiguration.builder().name(bucket).build());
        ran = connection.keyValue(bucket);
        jobs = NatsWorkerProcess.jobs(connection, namespace);
    }

    @AfterEach
    void close() throws InterruptedException {
        jobs.close();
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    private List<Long> enqueue(JobType<Integer> type, int count, int millis) {
        return jobs
                .enqueueAll(IntStream.range(0, count)
                        .mapToObj(number -> JobRequest.of(type, millis))
                        .toList())
                .stream()
                .map(EnqueuedJob::id)
                .toList();
    }

    private NatsWorkerProcess start(String name) throws IOException {
        return NatsWorkerProcess.start(NATS.url(), namespace, name);
    }

    private Worker survivor() {
        return jobs.worker(config -> NatsWorkerProcess.configure(config, "survivor", new Bucket(ran)))
                .start();
    }

    private Worker survivor(CountDownLatch late) {
        return jobs.worker(config -> config.heartbeat(NatsWorkerProcess.HEARTBEAT)
                        .queue("default", NatsWorkerProcess.SLOTS)
                        .handle(NatsWorkerProcess.STUBBORN, (job, none) -> {
                            NatsWorkerProcess.leave("ran", job, "survivor", new Bucket(ran));
                            job.result("survivor");
                            assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
                        }))
                .start();
    }

    /** {@return what handlers left} */
    private List<String> left(String prefix, String suffix) {
        try {
            return ran.keys().stream()
                    .filter(key -> key.startsWith(prefix) && key.endsWith(suffix))
                    .toList();
        } catch (IOException | JetStreamApiException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JobInfo job(long id) {
        return jobs.control().find(id).orElseThrow();
    }

    private boolean allSucceeded(int count) {
        return jobs.control()
                        .list(JobQuery.all().states(JobState.SUCCEEDED).limit(500))
                        .size()
                == count;
    }

    private List<Long> rescued(List<Long> ids) {
        return ids.stream()
                .filter(id ->
                        jobs.control().events(id).stream().anyMatch(event -> event.kind() == JobEvent.Kind.RESCUED))
                .toList();
    }

    @Test
    void runsAllJobsOfAKilledProcessAndOnlyThoseItHeldTwice() throws Exception {
        List<Long> ids = enqueue(NatsWorkerProcess.SHORT, 60, 100);
        try (NatsWorkerProcess victim = start("victim")) {
            until(() -> left("ran.", ".victim").size() > 2 * NatsWorkerProcess.SLOTS);
            victim.kill();
        }
        long killed = System.nanoTime();
        Worker survivor = survivor();

        until(() -> allSucceeded(ids.size()));

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(NatsWorkerProcess.LEASE.plusSeconds(6));
        survivor.close();
        List<Long> rescued = rescued(ids);
        assertThat(rescued).as("in flight at the kill").hasSizeBetween(1, 3 * NatsWorkerProcess.SLOTS);
        assertThat(ids).allMatch(id -> job(id).attempt() == (rescued.contains(id) ? 2 : 1));
        assertThat(ids).allSatisfy(id -> {
            assertThat(left("ran." + id + '.', "")).hasSizeBetween(1, rescued.contains(id) ? 2 : 1);
        });
    }

    @Test
    void endsAJobThatEndsItsProcessEachTime() throws Exception {
        long id = enqueue(NatsWorkerProcess.POISON, 1, 0).get(0);
        for (String name : List.of("first", "second")) {
            try (NatsWorkerProcess victim = start(name)) {
                victim.await();
            }
        }
        List<Long> others = enqueue(NatsWorkerProcess.SHORT, 4, 0);
        try (NatsWorkerProcess last = start("last")) {
            until(() -> job(id).state() == JobState.DEAD);
            until(() -> allSucceeded(others.size()));
            assertThat(last.isAlive()).isTrue();
        }
        assertThat(job(id).attempt()).isEqualTo(2);
        assertThat(job(id).error()).contains("died or was cut off in the last attempt");
        assertThat(left("ran." + id + '.', "")).containsExactly("ran." + id + ".1.first", "ran." + id + ".2.second");
    }

    @Test
    void refusesWhatAProcessThatStoodStillComesUpWithAndTellsItsHandlers() throws Exception {
        List<Long> ids = enqueue(NatsWorkerProcess.STUBBORN, NatsWorkerProcess.SLOTS, 0);
        try (NatsWorkerProcess victim = start("victim")) {
            until(() -> left("ran.", ".1.victim").size() == ids.size());
            victim.signal("STOP");
            CountDownLatch late = new CountDownLatch(1);
            Worker survivor = survivor(late);
            until(() -> left("ran.", ".2.survivor").size() == ids.size());

            victim.signal("CONT");

            until(() -> left("told.", ".1.victim").size() == ids.size());
            victim.end(); // after it has tried to store that they ended well
            assertThat(ids).allMatch(id -> job(id).state() == JobState.RUNNING);
            late.countDown();
            until(() -> allSucceeded(ids.size()));
            survivor.close();
        }
        assertThat(ids).allSatisfy(id -> {
            assertThat(job(id).result()).isEqualTo("\"survivor\"");
            assertThat(job(id).attempt()).isEqualTo(2);
            assertThat(jobs.control().events(id)).extracting(JobEvent::kind).containsExactly(JobEvent.Kind.RESCUED);
        });
        assertThat(left("ran.", "")).as("each by each once").hasSize(2 * ids.size());
    }
}
