package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.testing.JobTester;
import io.betrue.jobs.testing.RanJobs;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test kit over jobs in NATS. */
class NatsTestKitIT {
    private static final JobType<String> NOTE = JobType.of("note", String.class);

    private final String namespace = TestNats.shared().namespace();
    private final List<String> ran = new ArrayList<>();
    private Connection connection;
    private NatsJobs jobs;

    @BeforeEach
    void open() {
        connection = QuietConnection.to(TestNats.shared().url());
        jobs = NatsJobs.create(connection, config -> config.namespace(namespace));
    }

    @AfterEach
    void close() throws InterruptedException {
        jobs.close();
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    private RanJobs runDue() {
        return JobTester.runDue(
                jobs,
                worker -> worker.handle(NOTE, (job, note) -> {
                    assertThat(Thread.currentThread().getName()).isEqualTo("kit");
                    ran.add(note);
                    if (note.equals("usual")) {
                        jobs.enqueue(NOTE, "by a handler");
                    }
                }));
    }

    @Test
    void runsWhatIsDueOnTheCallingThreadAndWhatHandlersEnqueue() {
        String before = Thread.currentThread().getName();
        Thread.currentThread().setName("kit");
        try {
            jobs.enqueue(NOTE, "usual");
            jobs.enqueue(JobRequest.of(NOTE, "urgent").priority(10));
            long later = jobs.enqueue(JobRequest.of(NOTE, "later").in(Duration.ofSeconds(1)))
                    .id();

            assertThat(runDue().succeeded()).hasSize(3);
            assertThat(ran).containsExactly("urgent", "usual", "by a handler");
            assertThat(jobs.control().find(later).orElseThrow().state()).isEqualTo(JobState.DELAYED);

            until(() -> runDue().succeeded().size() == 1);
            assertThat(ran).hasSize(4).endsWith("later");
            assertThat(runDue().count()).isZero();
        } finally {
            Thread.currentThread().setName(before);
        }
    }

    @Test
    void putsFailedAttemptsOffAndEndsThem() {
        JobType<String> stubborn = NOTE.retries(Backoff.constant(Duration.ofMillis(500)), 2);
        long id = jobs.enqueue(stubborn, "never").id();

        assertThat(failing(stubborn).failed()).hasSize(1);
        assertThat(jobs.control().find(id).orElseThrow().state()).isEqualTo(JobState.DELAYED);

        until(() -> failing(stubborn).failed().size() == 1);
        assertThat(jobs.control().find(id).orElseThrow().state()).isEqualTo(JobState.DEAD);
        assertThat(jobs.control().workers()).as("it is gone after each run").isEmpty();
    }

    private RanJobs failing(JobType<String> type) {
        return JobTester.runDue(
                jobs,
                worker -> worker.handle(type, (job, note) -> {
                    throw new IllegalStateException("no");
                }));
    }
}
