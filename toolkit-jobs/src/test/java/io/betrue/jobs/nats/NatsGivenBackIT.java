package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Subscription;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Jobs that go back to the server: very often, or without its hearing of it. */
class NatsGivenBackIT extends SessionFixture {
    /** More deliveries than the number of a lease tells apart. */
    private static final int OFTEN = 1_030;

    private static ClaimedJob claimSoon(StoreSession session) {
        List<ClaimedJob> jobs = new ArrayList<>();
        until(() -> {
            jobs.addAll(claim(session, 1));
            return !jobs.isEmpty();
        });
        return jobs.get(0);
    }

    private static void giveBackOften(StoreSession session) {
        for (int i = 0; i < OFTEN; i++) {
            ClaimedJob job = claimSoon(session);
            assertThat(job.attempt()).as("after %s deliveries", i).isEqualTo(1);
            assertThat(session.settle(List.of(new Settlement(job, new JobOutcome.Released()))))
                    .isEmpty();
        }
    }

    @Test
    void countsNoAttemptsOfAJobThatWasGivenBackMoreThanAThousandTimesAndThenEachDeath() throws Exception {
        long id = insert();
        giveBackOften(open());
        Ear ear = new Ear();
        StoreSession silent = open("silent", ear);
        ClaimedJob first = claimSoon(silent);
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(events(id)).isEmpty();

        ClaimedJob second = awaitJob(open());

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.lease()).isGreaterThanOrEqualTo(first.lease());
        assertThat(events(id)).containsExactly(JobEvent.Kind.RESCUED);
        silent.beat(false, 1);
        assertThat(ear.heard).as("it is told that it has lost the job").containsExactly("lost " + id);
    }

    @Test
    void tellsDeliveriesApartThatShareTheNumberOfALease() {
        insert();
        NatsSession session = (NatsSession) open();
        Delivery first = Objects.requireNonNull(session.held.get(claimOne(session)));
        for (long count : new long[] {1_022, 1_023, 1_024, 1_030}) {
            Leases.Lease back =
                    Leases.Lease.of(nth(first, count), 2, Leases.State.BACK, 0, "worker", null, first.startedAt);
            Leases.Lease read = Leases.Lease.read(back.write(), 7);
            assertThat(Past.of(nth(first, count + 1), read)).isEqualTo(new Past(2, false));
            assertThat(Past.of(nth(first, count + 3), read)).isEqualTo(new Past(4, true));
            assertThat(read.against(nth(first, count - 1))).isPositive();
            assertThat(read.against(nth(first, count))).isZero();
            assertThat(read.against(nth(first, count + 1))).isNegative();
        }
    }

    private static Delivery nth(Delivery delivery, long count) {
        return new Delivery(delivery.from, delivery.entry, "none", delivery.sequence, count, delivery.since);
    }

    @Test
    void readsRecordsOfOlderReleases() {
        String old = "{\"lease\":" + Leases.number(17, 3)
                + ",\"attempt\":2,\"state\":\"BACK\",\"rescues\":1,\"worker\":\"w\"}";
        Leases.Lease read = Leases.Lease.read(old.getBytes(StandardCharsets.UTF_8), 7);
        assertThat(read.sequence()).isEqualTo(17);
        assertThat(read.delivered()).isEqualTo(3);
    }

    @Test
    void takesAClaimForThatOfItsOwnAttemptAlone() {
        insert();
        NatsSession session = (NatsSession) open();
        ClaimedJob job = claimOne(session);
        Delivery first = Objects.requireNonNull(session.held.get(job));
        Delivery often = nth(first, 2_000);
        Delivery oftener = nth(first, 2_001);
        often.startedAt = first.startedAt;
        oftener.startedAt = first.startedAt;
        oftener.attempt = 2;
        assertThat(oftener.lease()).isEqualTo(often.lease());
        assertThat(often.isOf(often.claimed())).isTrue();
        assertThat(oftener.isOf(often.claimed())).isFalse();
    }

    @Test
    void letsGoOfAJobThatItCouldNotGiveBack() throws Exception {
        StoreSession full = open("full", new Ear());
        assertThat(claim(full, 8)).isEmpty(); // leaves a pull with the server for several jobs
        long runs = insert();
        assertThat(claimSoon(full).id()).isEqualTo(runs); // its only slot by now
        Subscription records = connection.subscribe("$KV." + store.names().leases + ".*");
        largestRecord(1);
        long id = insert();
        assertThat(records.nextMessage(ofSeconds(10))).as("it goes back").isNotNull();
        largestRecord(-1);
        StoreSession other = open("other", new Ear());
        long before = System.nanoTime();

        List<ClaimedJob> jobs = new ArrayList<>();
        until(() -> {
            full.beat(false, 1);
            other.beat(false, 0);
            jobs.addAll(claim(other, 1));
            return !jobs.isEmpty();
        });

        assertThat(jobs.get(0).id()).isEqualTo(id);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ofSeconds(5));
        assertThat(succeed(other, jobs.get(0), "1")).isEmpty();
    }

    /** Has the server refuse larger records of leases, or none. */
    private void largestRecord(int bytes) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        String stream = "KV_" + store.names().leases;
        management.updateStream(
                StreamConfiguration.builder(management.getStreamInfo(stream).getConfiguration())
                        .maximumMessageSize(bytes)
                        .build());
    }
}
