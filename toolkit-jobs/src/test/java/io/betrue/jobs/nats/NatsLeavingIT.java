package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that end, or do not begin, while NATS is away: nothing calls their worker any more, so that it can be forgotten. */
class NatsLeavingIT {
    private static final WorkerCard CARD = new WorkerCard("worker", Set.of("q"), Map.of(), ofSeconds(1));

    private NatsNode node;
    private Connection connection;
    private NatsStore store;

    @BeforeEach
    void start() {
        node = NatsNode.start(NatsRelease.SCHEDULES); // whose alarms go to one of the workers that listen
        connection = QuietConnection.to(node.url());
        Limits limits = new Limits(1, 1_000, 1_000, 1_000, Limits.keptByDefault(), ofSeconds(3));
        store = new NatsStore(connection, new Names("jobs"), limits, Keeper.ALARMS_FROM);
    }

    @AfterEach
    void end() throws InterruptedException {
        store.close();
        connection.close();
        node.close();
    }

    /** A method of its own, so that nothing here knows the worker afterwards. */
    private WeakReference<StoreListener> closeWhileAway() {
        StoreListener worker = new SessionFixture.Ear();
        StoreSession session = store.open(CARD, worker);
        assertThat(session.beat(false, 0).alive()).isTrue();
        session.upkeep(); // it leads from now on, and listens for what is due
        assertThat(store.alarms().areKept()).isTrue();
        node.kill();
        until(() -> connection.getStatus() != Connection.Status.CONNECTED);
        session.close();
        return new WeakReference<>(worker);
    }

    @Test
    void leavesNothingBehindWhenItIsClosedWhileNatsIsAway() {
        WeakReference<StoreListener> worker = closeWhileAway();
        node.startAgain();
        until(() -> connection.getStatus() == Connection.Status.CONNECTED);
        until(() -> isForgotten(worker));
    }

    private WeakReference<StoreListener> openInVain() {
        StoreListener worker = new SessionFixture.Ear();
        assertThatThrownBy(() -> store.open(CARD, worker))
                .isInstanceOf(JobException.class)
                .hasMessage("NATS does not answer");
        return new WeakReference<>(worker);
    }

    @Test
    void leavesNothingBehindWhenItDoesNotOpen() {
        store.open(CARD, new SessionFixture.Ear()).close(); // makes what is missing
        node.pause();
        WeakReference<StoreListener> worker = openInVain();
        node.resume();
        until(() -> isForgotten(worker));
    }

    private static boolean isForgotten(WeakReference<?> one) {
        System.gc();
        return one.get() == null;
    }
}
