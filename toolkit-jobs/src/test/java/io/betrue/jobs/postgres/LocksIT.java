package io.betrue.jobs.postgres;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobState;
import io.betrue.jobs.WorkerConfig.Rate;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.DeafListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
class LocksIT extends TablesFixture {
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private PostgresStore store;
    private Connection holder;

    @BeforeEach
    void open() throws SQLException {
        store = new PostgresStore(pool, SCHEMA, KEEP, null);
        holder = DATABASE.dataSource().getConnection();
        holder.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        holder.rollback();
        holder.close();
        other.shutdownNow();
        store.close();
    }

    private StoreSession session(Map<String, Rate> rates) {
        return store.open(new WorkerCard("test", Set.of("q", "slow"), rates, ofSeconds(10)), new DeafListener());
    }

    private void hold(String sql) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        }
    }

    private void untilSomebodyWaitsForALock() throws SQLException {
        long end = System.nanoTime() + ofSeconds(20).toNanos();
        while (number(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                == 0) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }

    @Test
    void claimsNothingForAWorkerThatIsJustBeingTakenForDead() throws Exception {
        StoreSession session = session(Map.of());
        long id = store.insert(List.of(job("q"))).get(0).id();
        hold("select id from jobs.worker where id = " + session.workerId() + " for update");
        Future<List<ClaimedJob>> claimed = other.submit(() -> claim(session, "q", 1));
        untilSomebodyWaitsForALock();
        hold("delete from jobs.worker where id = " + session.workerId());
        holder.commit();
        assertThat(claimed.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(store.control().find(id).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void takesNobodyForDeadWhoIsJustClaiming() throws Exception {
        StoreSession silent = session(Map.of());
        StoreSession judge = session(Map.of());
        execute("update jobs.worker set seen_at = now() - interval '1 hour' where id = " + silent.workerId());
        Rescue rescue = new Rescue(new Database(new Connections(pool), SCHEMA), KEEP);
        hold("select id from jobs.worker where id = " + silent.workerId() + " for key share");
        rescue.fromSilent(judge.workerId(), Duration.ofHours(1));
        assertThat(store.control().workers()).hasSize(2);
        holder.commit();
        rescue.fromSilent(judge.workerId(), Duration.ofHours(1));
        assertThat(store.control().workers()).hasSize(1);
    }

    @Test
    void leavesAJobWhoseEndAnotherTransactionHolds() throws Exception {
        StoreSession silent = session(Map.of());
        StoreSession judge = session(Map.of());
        store.insert(List.of(job("q"), job("q")));
        ClaimedJob ending = claim(silent, "q", 2).get(0);
        execute("update jobs.worker set seen_at = now() - interval '1 hour' where id = " + silent.workerId());
        Rescue rescue = new Rescue(new Database(new Connections(pool), SCHEMA), KEEP);
        store.complete(holder, ending.id(), ending.lease());
        assertThat(rescue.fromSilent(judge.workerId(), Duration.ofHours(1))).isEqualTo(1);
        assertThat(store.control().workers()).as("it has a job yet").hasSize(2);
        holder.commit();
        assertThat(rescue.fromSilent(judge.workerId(), Duration.ofHours(1))).isZero();
        assertThat(store.control().workers()).hasSize(1);
        assertThat(store.control().find(ending.id()).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void waitsForOthersOnlyInQueuesWithARate() throws Exception {
        StoreSession session = session(Map.of("slow", new Rate(10, ofSeconds(1))));
        store.insert(List.of(job("q"), job("slow")));
        store.control().pause("q");
        store.control().resume("q");
        hold("select name from jobs.queue for update");
        assertThat(other.submit(() -> claim(session, "q", 1)).get(20, TimeUnit.SECONDS))
                .hasSize(1);
        Future<List<ClaimedJob>> claimed = other.submit(() -> claim(session, "slow", 1));
        untilSomebodyWaitsForALock();
        holder.commit();
        assertThat(claimed.get(20, TimeUnit.SECONDS)).hasSize(1);
    }
}
