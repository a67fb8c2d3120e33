package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes first while all slots are taken and many jobs wait. */
class NatsBandsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final JobType<Task> TASK = JobType.of("task", Task.class);
    private static final int BACKLOG = 100;

    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private String namespace;
    private Connection connection;
    private NatsJobs jobs;

    /** What a job carries. */
    public record Task(String name) {}

    @BeforeEach
    void open() throws IOException, InterruptedException {
        namespace = NATS.namespace();
        connection = Nats.connect(NATS.url());
        jobs = NatsJobs.create(connection, config -> config.namespace(namespace));
    }

    @AfterEach
    void close() throws InterruptedException {
        jobs.close();
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    @Test
    void urgentJobsOvertakeABacklogThatTakesAllSlots() throws InterruptedException {
        assertThat(startsWhile(0, 10)).isLessThan(20);
    }

    @Test
    void jobsBelowZeroGetTheirTurnBesideABacklogThatTakesAllSlots() throws InterruptedException {
        assertThat(startsWhile(0, -10)).isLessThan(60);
    }

    @Test
    void usualJobsGetTheirTurnBesideABacklogOfUrgentOnes() throws InterruptedException {
        assertThat(startsWhile(10, 0)).isLessThan(60);
    }

    /** {@return how many of a backlog begin before another job, which comes when all slots are taken} */
    private int startsWhile(int backlog, int other) throws InterruptedException {
        jobs.enqueueAll(IntStream.range(0, BACKLOG)
                .mapToObj(i -> JobRequest.of(TASK, new Task("backlog")).priority(backlog))
                .toList());
        try (Worker worker = jobs.worker(config -> config.queue("default", 2).handle(TASK, (job, task) -> {
            started.add(task.name());
            mayEnd.acquire();
        }))) {
            worker.start();
            List<String> first = new ArrayList<>(List.of(next(), next()));
            jobs.enqueue(JobRequest.of(TASK, new Task("other")).priority(other));
            while (!first.contains("other") && first.size() < BACKLOG) {
                mayEnd.release();
                first.add(next());
            }
            mayEnd.release(BACKLOG);
            return first.size();
        }
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(started.poll(30, TimeUnit.SECONDS), "no job began");
    }
}
