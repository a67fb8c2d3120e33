package io.betrue.jobs.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.DeafListener;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes to the database and how often. */
class TrafficIT extends TablesFixture {
    private static final WorkerCard CARD = new WorkerCard("test", Set.of("q"), Map.of(), ofSeconds(10));

    @Test
    void sendsOneStatementForEachStepOfManyJobs() {
        CountingSource counting = new CountingSource(pool);
        try (PostgresStore store = new PostgresStore(counting.source(), SCHEMA, KEEP, null)) {
            StoreSession session = store.open(CARD, new DeafListener());
            counting.trips();
            store.insert(Collections.nCopies(200, job("q")));
            assertThat(counting.trips()).as("to enqueue").isEqualTo(1);
            List<ClaimedJob> jobs = claim(session, "q", 200);
            assertThat(jobs).hasSize(200);
            assertThat(counting.trips()).as("to claim").isEqualTo(1);
            session.beat(false, 200);
            assertThat(counting.trips()).as("to beat").isEqualTo(1);
            session.settle(jobs.subList(0, 100).stream()
                    .map(job -> new Settlement(job, new JobOutcome.Succeeded(null)))
                    .toList());
            assertThat(counting.trips()).as("to succeed").isEqualTo(1);
            session.settle(jobs.subList(100, 200).stream()
                    .map(job -> new Settlement(
                            job, new JobOutcome.Retried(ofHours(1), new JobError("Boom", "it broke", null))))
                    .toList());
            assertThat(counting.trips()).as("to fail").isEqualTo(1);
            session.upkeep();
            assertThat(counting.trips()).as("to look after all").isEqualTo(1);
        }
    }

    @Test
    void addsOneStatementToTheCallersTransaction() throws Exception {
        CountingSource counting = new CountingSource(pool);
        try (PostgresStore store = new PostgresStore(counting.source(), SCHEMA, KEEP, null);
                Connection connection = counting.source().getConnection()) {
            connection.setAutoCommit(false);
            store.insert(connection, List.of(job("q")));
            assertThat(counting.trips()).isEqualTo(1);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** Slowness makes this number smaller, never larger. */
    @Test
    void sendsAtMostOneStatementASecondWhenIdle() throws Exception {
        CountingSource counting = new CountingSource(pool);
        CountDownLatch ran = new CountDownLatch(1);
        JobType<String> note = JobType.of("note", String.class);
        try (PostgresJobs jobs = PostgresJobs.create(counting.source(), config -> {})) {
            jobs.worker(config -> config.handle(note, (context, text) -> ran.countDown()))
                    .start();
            EnqueuedJob last = jobs.enqueue(note, "x");
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            while (jobs.control().find(last.id()).orElseThrow().state() != JobState.SUCCEEDED) {
                assertThat(ran.getCount()).isZero();
            }
            new CountDownLatch(1).await(1, TimeUnit.SECONDS); // what the job has set going comes to rest
            counting.trips();
            new CountDownLatch(1).await(6, TimeUnit.SECONDS);
            assertThat(counting.trips()).isBetween(1, 6);
        }
    }

    @Test
    void leavesNothingOpenOnConnectionsThatDoNotCommitByThemselves() throws Exception {
        try (HikariDataSource manual = pool(false);
                PostgresStore store = new PostgresStore(manual, SCHEMA, KEEP, null)) {
            StoreSession session = store.open(CARD, new DeafListener());
            long id = store.insert(List.of(job("q"))).get(0).id();
            store.control().pause("other");
            ClaimedJob job = claim(session, "q", 1).get(0);
            session.beat(false, 1);
            session.upkeep();
            assertThat(store.control().cancel(id)).isTrue();
            assertThat(session.settle(List.of(new Settlement(job, new JobOutcome.Released()))))
                    .isEmpty();
            assertThat(store.control().retry(id)).isTrue();
            assertThat(
                            number(
                                    "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"))
                    .isZero();
            assertThat(number("select count(*) from jobs.job where id = " + id)).isEqualTo(1);
            try (Connection connection = manual.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }
        }
    }
}
