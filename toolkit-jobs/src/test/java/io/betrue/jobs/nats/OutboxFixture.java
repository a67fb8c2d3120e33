package io.betrue.jobs.nats;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.testsupport.TestDatabase;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An outbox in empty tables, a namespace of its own in NATS, and what is opened is closed after each test. */
abstract class OutboxFixture {
    static final JobType<String> NOTE = JobType.of("note", String.class);
    static final long FIRST = 1L << 52;

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    final String namespace = NATS.namespace();
    final String schema = "o" + namespace;
    final List<AutoCloseable> open = new ArrayList<>();
    final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    Connection nats;
    HikariDataSource pool;
    FaultySource source;
    Jdbi jdbi;

    @BeforeEach
    void makeTables() throws Exception {
        nats = opened(Nats.connect(NATS.url()));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(8);
        pool = opened(new HikariDataSource(config));
        source = new FaultySource(pool);
        jdbi = Jdbi.create(pool);
        NatsOutbox.migrate(pool, schema);
        NatsOutbox.migrate(pool, schema);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    NatsJobs jobs(String url) {
        return opened(NatsJobs.connect(url, config -> config.namespace(namespace)));
    }

    NatsOutbox outbox(NatsJobs jobs) {
        return opened(NatsOutbox.create(
                source.source(), jobs, config -> config.schema(schema).poll(ofMillis(50))));
    }

    void work(NatsJobs jobs) {
        opened(jobs.worker(config -> config.queue("default", 8).handle(NOTE, (job, note) -> {
                    ran.add(note);
                })))
                .start();
    }

    List<String> awaitRuns(int count) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        while (notes.size() < count) {
            notes.add(Objects.requireNonNull(ran.poll(30, TimeUnit.SECONDS), notes::toString));
        }
        return notes;
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    void awaitEmpty(NatsOutbox outbox) throws InterruptedException {
        await(() -> outbox.info().waiting() == 0);
    }

    EnqueuedJob commit(NatsOutbox outbox, JobRequest<?> request) {
        return jdbi.inTransaction(handle -> outbox.in(handle).enqueue(request));
    }

    EnqueuedJob commit(NatsOutbox outbox, String note) {
        return commit(outbox, JobRequest.of(NOTE, note));
    }

    /** {@return how many jobs a stream has} */
    long count(String stream) throws Exception {
        return nats.jetStreamManagement()
                .getStreamInfo(namespace + '-' + stream)
                .getStreamState()
                .getMsgCount();
    }

    long jobsIn(String stream) {
        try {
            return count(stream);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
