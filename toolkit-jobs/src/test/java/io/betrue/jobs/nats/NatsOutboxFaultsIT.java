package io.betrue.jobs.nats;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.testsupport.NatsNode;
import io.nats.client.impl.Headers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Jobs of transactions in PostgreSQL come to NATS once each, whatever fails in between. */
class NatsOutboxFaultsIT extends OutboxFixture {
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
    void saysThatTablesAreMissing() {
        NatsOutbox outbox = opened(NatsOutbox.create(pool, jobs(NATS.url()), config -> config.schema("absent")));
        DataSource plain = pool;
        assertThatThrownBy(() -> Jdbi.create(plain)
                        .useTransaction(handle -> outbox.in(handle).enqueue(NOTE, "x")))
                .hasMessageContaining("NatsOutbox.migrate makes them");
        assertThatThrownBy(() -> NatsOutbox.migrate(plain, "No Name")).isInstanceOf(IllegalArgumentException.class);
    }
}
