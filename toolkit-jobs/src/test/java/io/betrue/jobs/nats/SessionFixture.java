package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.DeafListener;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Sessions of a store in NATS with a lease of 0.6 seconds, each as another process has it. */
abstract class SessionFixture {
    static final Duration LEASE = ofMillis(600);
    static final Duration BEAT = LEASE.dividedBy(3);
    Connection connection;

    private final List<StoreSession> opened = new ArrayList<>();
    private final List<NatsStore> stores = new ArrayList<>();
    String namespace;
    NatsStore store;

    /** {@return the server that the tests are run against} */
    TestNats nats() {
        return TestNats.shared();
    }

    @BeforeEach
    void openStore() {
        connection = QuietConnection.to(nats().url());
        namespace = nats().namespace();
        store = another();
    }

    @AfterEach
    void empty() throws InterruptedException {
        opened.forEach(StoreSession::close);
        stores.forEach(NatsStore::close);
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    private NatsStore another() {
        NatsStore made = new NatsStore(
                connection,
                new Names(namespace),
                new Limits(1, 1_000, 1_000, 1_000, Limits.keptByDefault(), LEASE),
                Keeper.ALARMS_FROM);
        stores.add(made);
        return made;
    }

    /** Remembers which jobs it was told of. */
    static final class Ear extends DeafListener {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();

        @Override
        public void jobsWaiting(String queue) {
            waiting.add(queue);
        }

        @Override
        public void cancelled(long id) {
            heard.add("cancelled " + id);
        }

        @Override
        public void lost(long id) {
            heard.add("lost " + id);
        }
    }

    StoreSession open() {
        return open("worker", new Ear());
    }

    /** Each session is another process's as far as it can know. */
    StoreSession open(String name, Ear ear) {
        StoreSession session = another().open(new WorkerCard(name, Set.of("q"), Map.of(), BEAT), ear);
        opened.add(session);
        return session;
    }

    static NewJob job(@Nullable String key) {
        return new NewJob("t", 1, "q", 0, 3, ofSeconds(30), "{}", List.of(), key, null, null, null, null);
    }

    long insert() {
        return store.insert(List.of(job(null))).get(0).id();
    }

    JobInfo info(long id) {
        return store.control().find(id).orElseThrow();
    }

    List<JobEvent.Kind> events(long id) {
        return store.control().events(id).stream().map(JobEvent::kind).toList();
    }

    static List<ClaimedJob> claim(StoreSession session, int room) {
        return session.claim(List.of(new Lane("q", room, null, Set.of())));
    }

    static ClaimedJob claimOne(StoreSession session) {
        List<ClaimedJob> jobs = claim(session, 1);
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    /** Claims as a worker does that lives, until a job comes. */
    static ClaimedJob awaitJob(StoreSession session) {
        List<ClaimedJob> jobs = new ArrayList<>();
        until(() -> {
            session.beat(false, 0);
            jobs.addAll(claim(session, 1));
            return !jobs.isEmpty();
        });
        return jobs.get(0);
    }

    /** Claims as a worker does that lives, until a job is in another state; gets none meanwhile. */
    void awaitState(StoreSession session, long id, JobState state) {
        until(() -> {
            session.beat(false, 0);
            assertThat(claim(session, 1)).isEmpty();
            return info(id).state() == state;
        });
    }

    static List<Settlement> succeed(StoreSession session, ClaimedJob job, String result) {
        return session.settle(List.of(new Settlement(job, new JobOutcome.Succeeded(result))));
    }
}
