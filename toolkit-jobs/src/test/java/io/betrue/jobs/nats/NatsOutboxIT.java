package io.betrue.jobs.nats;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.testsupport.NatsNode;
import io.betrue.testsupport.TestDatabase;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of transactions in PostgreSQL come to NATS: each that was committed, once, whatever fails in between. */
class NatsOutboxIT {
    private static final JobType<String> NOTE = JobType.of("note", String.class);
    private static final long FIRST = 1L << 52;

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final String namespace = NATS.namespace();
    private final String schema = "o" + namespace;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private Connection nats;
    private HikariDataSource pool;
    private FaultySource source;
    private Jdbi jdbi;

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

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private NatsJobs jobs(String url) {
        return opened(NatsJobs.connect(url, config -> config.namespace(namespace)));
    }

    private NatsOutbox outbox(NatsJobs jobs) {
        return opened(NatsOutbox.create(
                source.source(), jobs, config -> config.schema(schema).poll(ofMillis(50))));
    }

    private void work(NatsJobs jobs) {
        opened(jobs.worker(config -> config.queue("default", 8).handle(NOTE, (job, note) -> {
                    ran.add(note);
                })))
                .start();
    }

    private List<String> awaitRuns(int count) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        while (notes.size() < count) {
            notes.add(Objects.requireNonNull(ran.poll(30, TimeUnit.SECONDS), notes::toString));
        }
        return notes;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private void awaitEmpty(NatsOutbox outbox) throws InterruptedException {
        await(() -> outbox.info().waiting() == 0);
    }

    private EnqueuedJob commit(NatsOutbox outbox, JobRequest<?> request) {
        return jdbi.inTransaction(handle -> outbox.in(handle).enqueue(request));
    }

    private EnqueuedJob commit(NatsOutbox outbox, String note) {
        return commit(outbox, JobRequest.of(NOTE, note));
    }

    /** {@return how many jobs a stream has} */
    private long count(String stream) throws Exception {
        return nats.jetStreamManagement()
                .getStreamInfo(namespace + '-' + stream)
                .getStreamState()
                .getMsgCount();
    }

    private long jobsIn(String stream) {
        try {
            return count(stream);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void handsOverWhatWasCommittedAndNothingElse() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs).start();
        work(jobs);
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    outbox.in(handle).enqueue(NOTE, "rolled back");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        EnqueuedJob job = commit(outbox, "committed");
        assertThat(awaitRuns(1)).containsExactly("committed");
        awaitEmpty(outbox);
        assertThat(job.created()).isTrue();
        assertThat(job.id()).isBetween(FIRST, 2 * FIRST - 1);
        await(() -> jobsIn("work") == 0); // an outcome is stored shortly after the handler has ended
        assertThat(ran).isEmpty();
    }

    @Test
    void keepsWhatAJobIs() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs).start();
        BlockingQueue<JobContext> contexts = new LinkedBlockingQueue<>();
        opened(jobs.worker(config -> config.queue("mail", 1).handle(NOTE, (job, note) -> {
                    contexts.add(job);
                })))
                .start();
        EnqueuedJob job = commit(
                outbox,
                JobRequest.of(NOTE, "Grüße, \u0000 \uD83D\uDE00")
                        .queue("mail")
                        .priority(7)
                        .attempts(3)
                        .tags("a", "b"));
        JobContext context = Objects.requireNonNull(contexts.poll(30, TimeUnit.SECONDS));
        assertThat(context.id()).isEqualTo(job.id());
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.tags()).containsExactly("a", "b");
    }

    @Test
    void handsOverOnceThoughTheRelayDiesBeforeItRemovesRows() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        for (int i = 0; i < 100; i++) {
            commit(outbox, "note " + i);
        }
        source.next(connection -> {
            throw new SQLException("died", "08006");
        });
        outbox.start();
        await(() -> outbox.trouble().isPresent());
        assertThat(source.isOver()).isTrue();
        assertThat(count("work")).as("handed over, and not removed").isEqualTo(100);
        awaitEmpty(outbox);
        assertThat(count("work")).isEqualTo(100);
        await(() -> outbox.trouble().isEmpty());
        work(jobs);
        assertThat(awaitRuns(100)).doesNotHaveDuplicates();
        assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void doesNotRunAgainWhatEndedBeforeItsRowWasRemoved() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        work(jobs);
        NatsOutbox outbox = outbox(jobs).start();
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        source.next(connection -> {
            try {
                first.addAll(awaitRuns(2));
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            throw new SQLException("died", "08006");
        });
        jdbi.useTransaction(handle -> outbox.in(handle)
                .enqueueAll(List.of(
                        JobRequest.of(NOTE, "now"), JobRequest.of(NOTE, "soon").in(ofMillis(300)))));
        await(() -> first.size() == 2);
        awaitEmpty(outbox);
        assertThat(first).containsExactlyInAnyOrder("now", "soon");
        assertThat(ran.poll(1, TimeUnit.SECONDS)).isNull();
        await(() -> jobsIn("later") == 0);
    }

    @Test
    void survivesAConnectionThatIsCutInTheMiddle() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        jdbi.useTransaction(handle -> outbox.in(handle).enqueueAll(notes(1_200)));
        source.next(connection -> {
            try (java.sql.Connection other = DATABASE.dataSource().getConnection();
                    Statement ours = connection.createStatement();
                    Statement kill = other.createStatement();
                    ResultSet pid = ours.executeQuery("select pg_backend_pid()")) {
                pid.next();
                kill.execute("select pg_terminate_backend(" + pid.getInt(1) + ')');
            }
        });
        work(jobs);
        outbox.start();
        assertThat(awaitRuns(1_200)).doesNotHaveDuplicates();
        awaitEmpty(outbox);
        assertThat(source.isOver()).isTrue();
        assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    private static List<JobRequest<String>> notes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> JobRequest.of(NOTE, "note " + i))
                .toList();
    }

    @Test
    void keepsJobsWhileNatsIsAway() throws Exception {
        try (NatsNode node = NatsNode.start()) {
            NatsJobs jobs = jobs(node.url());
            NatsOutbox outbox = outbox(jobs).start();
            commit(outbox, "before");
            awaitEmpty(outbox);
            node.kill();
            for (int i = 0; i < 20; i++) {
                commit(outbox, "away " + i);
            }
            await(() -> outbox.trouble().isPresent());
            assertThat(outbox.info().waiting()).isEqualTo(20);
            node.startAgain();
            awaitEmpty(outbox);
            work(jobs);
            assertThat(awaitRuns(21)).doesNotHaveDuplicates().contains("before", "away 0", "away 19");
            assertThat(outbox.trouble()).isEmpty();
            assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();
            while (!open.isEmpty() && open.get(open.size() - 1) != pool) {
                open.remove(open.size() - 1).close();
            }
        }
    }

    @Test
    void needsNoNatsToTakeJobsIn() throws Exception {
        String away;
        try (NatsNode node = NatsNode.start()) {
            away = node.url();
        }
        NatsOutbox outbox = outbox(jobs(away)).start();
        assertThat(commit(outbox, "early").id()).isGreaterThanOrEqualTo(FIRST);
        await(() -> outbox.trouble().isPresent());
        assertThat(outbox.trouble().orElseThrow()).contains("NATS cannot be reached");
    }

    @Test
    void sharesWorkBetweenRelays() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox one = outbox(jobs);
        NatsOutbox other = outbox(jobs(NATS.url()));
        for (int i = 0; i < 5; i++) {
            int part = i;
            jdbi.useTransaction(handle -> one.in(handle)
                    .enqueueAll(IntStream.range(part * 1_000, part * 1_000 + 1_000)
                            .mapToObj(n -> JobRequest.of(NOTE, "note " + n))
                            .toList()));
        }
        work(jobs);
        one.start();
        other.start();
        assertThat(awaitRuns(5_000)).doesNotHaveDuplicates();
        awaitEmpty(one);
        assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void letsNatsDecideWhoHasAUniqueKey() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        JobRequest<String> request = JobRequest.of(NOTE, "first").uniqueKey("k");
        EnqueuedJob first = jobs.enqueue(request);
        EnqueuedJob second = commit(outbox, request);
        EnqueuedJob third = commit(outbox, request);
        List<EnqueuedJob> both = jdbi.inTransaction(handle -> outbox.in(handle)
                .enqueueAll(List.of(
                        JobRequest.of(NOTE, "x").uniqueKey("x"),
                        JobRequest.of(NOTE, "y").uniqueKey("x"))));
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isTrue();
        assertThat(third).isEqualTo(new EnqueuedJob(second.id(), false));
        assertThat(both.get(0).created()).isTrue();
        assertThat(both.get(1)).isEqualTo(new EnqueuedJob(both.get(0).id(), false));
        outbox.start();
        awaitEmpty(outbox);
        assertThat(count("work")).isEqualTo(2);
        assertThat(jobs.enqueue(JobRequest.of(NOTE, "z").uniqueKey("x")))
                .isEqualTo(new EnqueuedJob(both.get(0).id(), false));
        work(jobs);
        assertThat(awaitRuns(2)).containsExactlyInAnyOrder("first", "x");
    }

    @Test
    void countsDelaysFromWhenTheJobWasWritten() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        work(jobs);
        long began = System.nanoTime();
        commit(outbox, JobRequest.of(NOTE, "gone by").in(ofMillis(200)));
        commit(outbox, JobRequest.of(NOTE, "to come").in(ofSeconds(3)));
        await(() -> System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(1_500));
        outbox.start();
        assertThat(awaitRuns(1)).containsExactly("gone by");
        awaitEmpty(outbox);
        assertThat(ran).isEmpty();
        assertThat(awaitRuns(1)).containsExactly("to come");
        assertThat(System.nanoTime() - began)
                .isBetween(TimeUnit.MILLISECONDS.toNanos(2_900), TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void refusesANumberThatAnotherOutboxHas() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs).start();
        EnqueuedJob before = commit(outbox, "before");
        awaitEmpty(outbox);
        jdbi.useHandle(handle -> handle.execute("update " + schema + ".outbox set identity = md5('other')::uuid"));
        EnqueuedJob after = commit(outbox, "after");
        await(() -> outbox.trouble().isPresent());
        assertThat(outbox.trouble().orElseThrow()).contains("has the number", "select \"" + schema + "\".renumber()");
        assertThat(after.id()).isEqualTo(before.id() + 1);
        jdbi.useHandle(handle -> {
            handle.execute("select " + schema + ".renumber()");
            handle.execute("select " + schema + ".renumber()");
        });
        awaitEmpty(outbox);
        assertThat(count("work")).isEqualTo(2);
    }

    @Test
    void keepsAsideWhatNatsWillNeverTake() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        EnqueuedJob taken = commit(outbox, "taken");
        commit(outbox, "good");
        jobs.enqueue(NOTE, "another");
        nats.jetStream()
                .publish(
                        namespace + ".work.default.n." + taken.id(),
                        new Headers().add("Job-Type", "foreign"),
                        new byte[0]);
        outbox.start();
        awaitEmpty(outbox);
        assertThat(outbox.info()).isEqualTo(new OutboxInfo(0, null, 1));
        assertThat(count("work")).isEqualTo(3);
        String error = jdbi.withHandle(handle -> handle.select("select error from " + schema + ".job")
                .mapTo(String.class)
                .one());
        assertThat(error).contains("another job has the number in NATS");
    }

    @Test
    void refusesPayloadsThatNatsWouldNotTake() {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        String fits = "x".repeat(999_998);
        String tooLarge = "ä".repeat(500_000);
        assertThat(commit(outbox, fits).created()).isTrue();
        assertThatThrownBy(() -> commit(outbox, tooLarge))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("payload of job type note must have at most 1000000 bytes as JSON, had 1000002");
        assertThat(jobs.enqueue(NOTE, fits).created()).isTrue();
        assertThatThrownBy(() -> jobs.enqueueAll(List.of(JobRequest.of(NOTE, "a"), JobRequest.of(NOTE, tooLarge))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("payload of job type note must have at most 1000000 bytes as JSON");
        assertThat(jobs.enqueue(NOTE, "still connected").created()).isTrue();
    }

    @Test
    void saysThatTablesAreMissing() {
        NatsOutbox outbox = opened(NatsOutbox.create(pool, jobs(NATS.url()), config -> config.schema("absent")));
        DataSource plain = pool;
        assertThatThrownBy(() -> Jdbi.create(plain)
                        .useTransaction(handle -> outbox.in(handle).enqueue(NOTE, "x")))
                .hasMessageContaining("NatsOutbox.migrate makes them");
        assertThatThrownBy(() -> NatsOutbox.migrate(plain, "No Name")).isInstanceOf(IllegalArgumentException.class);
    }
}
