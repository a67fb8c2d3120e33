package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that begin on a connection which has been through something. */
class NatsOpeningIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final JobType<Integer> NOTE = JobType.of("note", Integer.class);

    private String namespace;
    private Connection connection;
    private NatsJobs jobs;

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

    /** As jnats does now and then while it comes back to a server: it takes each answer from then on for that to the ping before. */
    @SuppressWarnings("unchecked")
    private void loseAPing() throws ReflectiveOperationException {
        Field pings = connection.getClass().getDeclaredField("pongQueue");
        pings.setAccessible(true);
        ((Collection<CompletableFuture<Boolean>>) pings.get(connection)).add(new CompletableFuture<>());
    }

    @Test
    void workersBeginWhereTheConnectionHasLostAPing() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        jobs.enqueue(NOTE, 1);
        loseAPing();
        assertThatThrownBy(() -> connection.flush(Duration.ofMillis(200))).isInstanceOf(TimeoutException.class);
        try (Worker worker =
                jobs.worker(config -> config.queue("default", 1).handle(NOTE, (job, note) -> ran.countDown()))) {
            worker.start();
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void seesAllThatThereIsFromTheBeginning() {
        IntStream.range(0, 50).forEach(number -> jobs.control().pause("queue" + number));
        NatsJobsConfig config = new NatsJobsConfig();
        for (int i = 0; i < 20; i++) {
            try (NatsStore fresh =
                    new NatsStore(connection, new Names(namespace), config.limits(), config.alarmsFrom())) {
                fresh.controls();
                assertThat(fresh.roster().paused()).hasSize(50);
            }
        }
    }
}
