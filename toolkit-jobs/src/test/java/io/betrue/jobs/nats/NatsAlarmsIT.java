package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.delayed;
import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.TestNats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Delayed jobs on a server that tells of them when they are due. */
class NatsAlarmsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared(NatsRelease.SCHEDULES);

    /** Later than the leader does without alarms, and earlier than with one that nobody heard. */
    private static final Duration SOON = ofMillis(1_500);

    private String namespace;
    private Keeper keeper;

    @BeforeEach
    void open() {
        namespace = NATS.namespace();
        keeper = Keeper.of(NATS.url(), namespace);
    }

    @AfterEach
    void close() {
        Namespaces.remove(keeper.store.wire().connection, namespace);
        keeper.close();
    }

    private Duration late(long id, Instant due) {
        until(() -> keeper.work(id) != null);
        return Duration.between(due, Objects.requireNonNull(keeper.work(id)).time());
    }

    private Instant due(long id) {
        Stored later = Objects.requireNonNull(keeper.later(id));
        return Objects.requireNonNull(JobMessages.runAt(later.headers()));
    }

    private long alarms() {
        // what rang last stays
        return keeper.store
                .wire()
                .api(
                        "STREAM.INFO." + keeper.store.names().alarms,
                        Wire.JSON
                                .createObjectNode()
                                .put("subjects_filter", keeper.store.names().allAlarms()))
                .path("state")
                .path("subjects")
                .size();
    }

    @Test
    void anyWorkerMovesAJobThoughTheLeaderWasKilled() {
        Keeper leader = Keeper.of(NATS.url(), namespace);
        leader.upkeep.run(); // leads from now on
        leader.kill();
        keeper.start();
        long id = keeper.insert(delayed(SOON));
        Instant due = due(id);
        assertThat(late(id, due)).isBetween(ofMillis(-5), Alarms.GRACE);
        until(() -> keeper.later(id) == null && alarms() == 0);
        Entry entry = JobMessages.read(Objects.requireNonNull(keeper.work(id)));
        assertThat(entry.runAt()).isNull();
        assertThat(entry.made().payload()).isEqualTo(delayed(SOON).payload());
    }

    @Test
    void theLeaderMovesWhatNobodyWasToldOf() {
        keeper.start();
        long id = keeper.insert(delayed(SOON));
        Instant due = due(id);
        until(() -> alarms() == 1);
        keeper.store.wire().purge(keeper.store.names().alarms, ">");
        assertThat(late(id, due)).isBetween(Alarms.GRACE.minusMillis(5), Alarms.GRACE.plusSeconds(2));
    }

    @Test
    void whatIsDueSoonerIsTheLeadersAndExact() {
        keeper.start();
        long id = keeper.insert(delayed(ofMillis(400)));
        assertThat(late(id, due(id))).isBetween(ofMillis(-5), ofMillis(200));
        assertThat(alarms()).isZero();
    }

    @Test
    void takesBackTheAlarmsOfJobsThatAreChanged() {
        NatsStore store = keeper.store;
        long cancelled = keeper.insert(delayed(ofHours(1)));
        long retried = keeper.insert(delayed(ofHours(1)));
        long moved = keeper.insert(delayed(ofHours(1)));
        long discarded = keeper.insert(delayed(ofHours(1)));
        until(() -> alarms() == 4);

        assertThat(store.control().cancel(cancelled)).isTrue();
        assertThat(store.control().retry(retried)).isTrue();
        assertThat(store.control().discard(discarded)).isTrue();
        assertThat(store.control().reschedule(moved, store.clock().now().plus(ofHours(2))))
                .isTrue();

        until(() -> alarms() == 1);
        long sequence = Objects.requireNonNull(keeper.later(moved)).sequence();
        Stored alarm = Objects.requireNonNull(
                store.wire().last(store.names().alarms, store.names().alarm(sequence)));
        String time = alarm.headers().getFirst("Nats-Schedule").substring("@at ".length());
        assertThat(Duration.between(due(moved), Instant.parse(time))).isLessThan(ofMillis(1));
    }

    @Test
    void doesNotMoveWhatIsNotDueThoughItIsToldOf() {
        keeper.start();
        long far = keeper.insert(delayed(ofHours(1)));
        long sequence = Objects.requireNonNull(keeper.later(far)).sequence();
        tell(Long.toString(sequence));
        tell("1000000");
        tell("no number");
        long near = keeper.insert(delayed(SOON));
        until(() -> keeper.work(near) != null);
        assertThat(keeper.work(far)).isNull();
        assertThat(keeper.later(far)).isNotNull();
    }

    private void tell(String text) {
        keeper.store.wire().tell(keeper.store.names().ring, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aTimeThatTheServerCannotCountIsNotDueNow() {
        keeper.start();
        long far = keeper.insert(delayed(Duration.ofDays(3_000_000)));
        long near = keeper.insert(delayed(SOON));
        until(() -> keeper.work(near) != null);
        assertThat(due(far)).isAfter(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(keeper.work(far)).isNull();
    }

    @Test
    void manyMoveWhatIsDueAtOnceAndEachOnce() {
        List<Keeper> keepers = List.of(
                keeper.start(),
                Keeper.of(NATS.url(), namespace).start(),
                Keeper.of(NATS.url(), namespace).start());
        NewJob job = delayed(ofSeconds(3));
        keeper.store.insert(IntStream.range(0, 3_000).mapToObj(i -> job).toList());
        until(() -> keeper.count(keeper.store.names().later) == 0);
        assertThat(keeper.count(keeper.store.names().work)).isEqualTo(3_000);
        until(() -> alarms() == 0);
        keepers.stream().skip(1).forEach(Keeper::close);
    }

    @Test
    void keepsNoMoreThanItMay() {
        Limits few = new Limits(1, 10, 2, 10, Limits.keptByDefault(), ofSeconds(30));
        try (NatsStore store =
                new NatsStore(keeper.store.wire().connection, new Names(namespace + "few"), few, Keeper.ALARMS_FROM)) {
            store.insert(List.of(delayed(ofHours(1))));
            store.insert(List.of(delayed(ofHours(1))));
            assertThatThrownBy(() -> store.insert(List.of(delayed(ofHours(1)))))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("as many jobs wait as the configuration allows");
        } finally {
            Namespaces.remove(keeper.store.wire().connection, namespace + "few");
        }
    }

    @Test
    void canBeTurnedOff() throws Exception {
        String other = namespace + "off";
        try (NatsJobs jobs = NatsJobs.create(
                keeper.store.wire().connection,
                config -> config.namespace(other).messageSchedules(false))) {
            jobs.store().insert(List.of(delayed(ofHours(1))));
            assertThat(jobs.store().alarms().areKept()).isFalse();
            assertThat(keeper.store.wire().connection.jetStreamManagement().getStreamNames())
                    .contains(other + "-later")
                    .doesNotContain(other + "-alarms");
        } finally {
            Namespaces.remove(keeper.store.wire().connection, other);
        }
    }

    @Test
    void aToolTakesItAsItFindsIt() {
        NatsJobsConfig found = new NatsJobsConfig().namespace(namespace).asFound(keeper.store.wire().connection);
        assertThat(found.messageSchedules()).isTrue();
        keeper.store.wire().api("STREAM.DELETE." + keeper.store.names().alarms, null);
        assertThat(new NatsJobsConfig()
                        .namespace(namespace)
                        .asFound(keeper.store.wire().connection)
                        .messageSchedules())
                .isFalse();
    }

    @Test
    void doesWithoutAlarmsWhereTheirStreamIsSomebodyElses() throws Exception {
        String taken = namespace + "taken";
        Names names = new Names(taken);
        keeper.store
                .wire()
                .api(
                        "STREAM.CREATE." + names.alarms,
                        Wire.JSON.createObjectNode().put("name", names.alarms).put("storage", "file"));
        try (Keeper alone = Keeper.of(NATS.url(), taken).start()) {
            assertThat(alone.store.alarms().areKept()).isFalse();
            long id = alone.insert(delayed(ofMillis(1_200)));
            until(() -> alone.work(id) != null);
            assertThat(alone.asked.tryAcquire(0, TimeUnit.SECONDS)).isFalse();
        } finally {
            Namespaces.remove(keeper.store.wire().connection, taken);
        }
    }
}
