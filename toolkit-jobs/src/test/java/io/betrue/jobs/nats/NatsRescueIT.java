package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of the jobs of sessions that go silent. */
class NatsRescueIT extends SessionFixture {
    @Test
    void givesTheJobOfASilentSessionToAnotherAndRefusesWhatTheSilentOneComesUpWith() {
        long id = insert();
        StoreSession silent = open();
        long before = System.nanoTime();
        ClaimedJob first = claimOne(silent);
        StoreSession other = open();

        ClaimedJob second = awaitJob(other);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(LEASE, ofSeconds(5));
        assertThat(second.id()).isEqualTo(id);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.lease()).isGreaterThan(first.lease());
        assertThat(events(id)).containsExactly(JobEvent.Kind.RESCUED);
        assertThat(succeed(silent, first, "\"silent\"")).hasSize(1);
        assertThat(info(id).state()).isEqualTo(JobState.RUNNING);
        assertThat(succeed(other, second, "\"other\"")).isEmpty();
        assertThat(info(id).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(info(id).result()).isEqualTo("\"other\"");
        assertThat(info(id).attempt()).isEqualTo(2);
        assertThat(succeed(silent, first, "\"silent\""))
                .as("also when it is over")
                .hasSize(1);
        assertThat(info(id).result()).isEqualTo("\"other\"");
    }

    @Test
    void refusesASilentSessionAlsoWhenTheOtherHasEndedTheJob() {
        long id = insert();
        StoreSession silent = open();
        ClaimedJob first = claimOne(silent);
        StoreSession other = open();
        assertThat(succeed(other, awaitJob(other), "\"other\"")).isEmpty();

        List<Settlement> refused = succeed(silent, first, "\"silent\"");

        assertThat(refused).hasSize(1);
        assertThat(info(id).result()).isEqualTo("\"other\"");
        assertThat(info(id).attempt()).isEqualTo(2);
    }

    @Test
    void tellsASilentSessionAtItsNextBeatWhatItHasLost() {
        long id = insert();
        Ear ear = new Ear();
        StoreSession silent = open("silent", ear);
        ClaimedJob first = claimOne(silent);
        StoreSession other = open();
        ClaimedJob second = awaitJob(other);

        assertThat(silent.beat(false, 1).alive()).isTrue();

        assertThat(ear.heard).containsExactly("lost " + id);
        assertThat(silent.settle(List.of(new Settlement(first, retried())))).hasSize(1);
        assertThat(succeed(other, second, "1")).isEmpty();
        assertThat(info(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** {@return a session that is delivered the next job and does not begin it} */
    private StoreSession holdingUnseen(Runnable next) throws InterruptedException {
        Ear ear = new Ear();
        StoreSession session = open("holder", ear);
        assertThat(claim(session, 8)).isEmpty(); // leaves a pull with the server
        ear.waiting.clear();
        next.run();
        assertThat(ear.waiting.poll(10, TimeUnit.SECONDS)).isEqualTo("q");
        return session;
    }

    @Test
    void doesNotForgetADeathWhenTheJobIsGivenBackUnseen() throws Exception {
        long id = insert();
        claimOne(open("silent", new Ear()));
        StoreSession holder = holdingUnseen(() -> {}); // comes when the lease of the silent one is over

        holder.close();

        ClaimedJob job = awaitJob(open("third", new Ear()));
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(events(id)).containsExactly(JobEvent.Kind.RESCUED);
    }

    @Test
    void doesNotForgetAFailureWhenTheJobIsGivenBackUnseen() throws Exception {
        long id = insert();
        StoreSession failing = open("failing", new Ear());
        ClaimedJob first = claimOne(failing);
        JobError error = new JobError("Boom", "it broke", "at x");
        StoreSession holder = holdingUnseen(() -> assertThat(
                        failing.settle(List.of(new Settlement(first, new JobOutcome.Retried(Duration.ZERO, error)))))
                .isEmpty());

        holder.close();

        ClaimedJob job = awaitJob(open("third", new Ear()));
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(info(id).error()).isEqualTo("Boom: it broke");
        assertThat(events(id)).containsExactly(JobEvent.Kind.ERROR);
    }

    @Test
    void acceptsWhatASessionThatWasSilentEndsBeforeAnotherIsGivenIt() {
        long id = insert();
        StoreSession silent = open();
        ClaimedJob job = claimOne(silent);
        long since = System.nanoTime();
        until(() -> System.nanoTime() - since > LEASE.multipliedBy(2).toNanos());

        assertThat(succeed(silent, job, "1")).isEmpty();

        assertThat(info(id).state()).isEqualTo(JobState.SUCCEEDED);
        StoreSession other = open();
        long later = System.nanoTime();
        until(() -> {
            assertThat(claim(other, 1)).isEmpty();
            return System.nanoTime() - later > LEASE.multipliedBy(2).toNanos();
        });
        assertThat(events(id)).isEmpty();
    }

    private static JobOutcome retried() {
        return new JobOutcome.Retried(ofSeconds(60), new JobError("Boom", "it broke", "at x"));
    }

    @Test
    void endsAJobThatKillsItsWorkersAndDelaysItsSecondRescue() {
        long id = insert();
        assertThat(claimOne(open("first", new Ear())).attempt()).isEqualTo(1);
        assertThat(awaitJob(open("second", new Ear())).attempt()).isEqualTo(2);
        StoreSession third = open("third", new Ear());

        awaitState(third, id, JobState.DELAYED);

        assertThat(info(id).attempt()).isEqualTo(2);
        assertThat(info(id).error()).isEqualTo("worker second died or was cut off");
        assertThat(info(id).runAt()).isAfter(store.clock().now().minusSeconds(2));
        List<ClaimedJob> last = new ArrayList<>();
        until(() -> {
            third.beat(false, 0);
            third.upkeep();
            last.addAll(claim(third, 1));
            return !last.isEmpty();
        });
        assertThat(last.get(0).attempt()).isEqualTo(3);
        StoreSession fourth = open("fourth", new Ear());
        awaitState(fourth, id, JobState.DEAD);
        assertThat(info(id).error()).contains("died or was cut off in the last attempt");
        assertThat(info(id).attempt()).isEqualTo(3);
        assertThat(events(id)).containsExactly(JobEvent.Kind.RESCUED, JobEvent.Kind.RESCUED, JobEvent.Kind.RESCUED);
        assertThat(succeed(third, last.get(0), "1")).hasSize(1);
        assertThat(info(id).state()).isEqualTo(JobState.DEAD);
    }

    @Test
    void runsAJobOnceThatTakesThreeLeasesUnderABeatingWorker() throws Exception {
        JobType<String> type = JobType.of("long", String.class);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        try (NatsJobs jobs = NatsJobs.create(
                        connection, config -> config.namespace(namespace).lease(LEASE));
                Worker worker = worker(jobs, type, runs, end);
                Worker idle = worker(jobs, type, runs, end)) {
            worker.start();
            idle.start();
            long id = jobs.enqueue(type, "x").id();
            until(() -> runs.get() == 1);
            long since = System.nanoTime();
            until(() -> System.nanoTime() - since > LEASE.multipliedBy(3).toNanos());
            assertThat(runs).hasValue(1);
            end.countDown();
            until(() -> info(id).state() == JobState.SUCCEEDED);
            assertThat(runs).hasValue(1);
            assertThat(info(id).attempt()).isEqualTo(1);
            assertThat(events(id)).isEmpty();
        }
    }

    private static Worker worker(NatsJobs jobs, JobType<String> type, AtomicInteger runs, CountDownLatch end) {
        return jobs.worker(config -> config.heartbeat(BEAT).queue("default", 1).handle(type, (job, none) -> {
            runs.incrementAndGet();
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        }));
    }

    @Test
    void endsACancelledJobWhoseWorkerDies() throws Exception {
        long id = insert();
        Ear ear = new Ear();
        StoreSession silent = open("silent", ear);
        claimOne(silent);
        assertThat(store.control().cancel(id)).isTrue();
        assertThat(ear.heard.poll(5, TimeUnit.SECONDS)).isEqualTo("cancelled " + id);
        StoreSession other = open();

        awaitState(other, id, JobState.CANCELLED);

        assertThat(events(id)).containsExactly(JobEvent.Kind.CONTROL, JobEvent.Kind.RESCUED);
        assertThat(store.leases().get(Long.toString(id))).isNull();
        assertThat(store.leases().get("cancel." + id)).isNull();
    }

    @Test
    void givesTheJobsOfAClosedSessionToOthersAtOnce() {
        StoreSession closing = open();
        assertThat(claim(closing, 8)).isEmpty(); // leaves a pull with the server
        long begun = insert();
        until(() -> !claim(closing, 1).isEmpty());
        StoreSession other = open();
        long before = System.nanoTime();

        closing.close();

        ClaimedJob job = awaitJob(other);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ofSeconds(5));
        assertThat(job.id()).isEqualTo(begun);
        assertThat(job.attempt()).as("it was begun").isEqualTo(2);
    }

    @Test
    void givesBackWhatAClosedSessionHadNotBegun() {
        StoreSession closing = open();
        assertThat(claim(closing, 8)).isEmpty();
        long waiting = insert();
        NatsSession session = (NatsSession) closing;
        until(() -> session.held.get(waiting) != null);
        StoreSession other = open();

        closing.close();

        ClaimedJob job = awaitJob(other);
        assertThat(job.id()).isEqualTo(waiting);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(events(waiting)).isEmpty();
        assertThat(succeed(other, job, "1")).isEmpty();
    }

    @Test
    void givesBackWhatItsWorkerNeverHeardOf() {
        long kept = insert();
        StoreSession session = open();
        ClaimedJob known = claimOne(session);
        long lost = insert();
        ClaimedJob unheard = claimOne(session);

        session.giveBackAllBut(Set.of(kept));

        assertThat(session.settle(List.of(new Settlement(unheard, retried())))).hasSize(1);
        ClaimedJob again = awaitJob(open());
        assertThat(again.id()).isEqualTo(lost);
        assertThat(again.attempt()).as("the attempt does not count").isEqualTo(1);
        assertThat(succeed(session, known, "1")).isEmpty();
        assertThat(events(lost)).isEmpty();
    }

    @Test
    void countsNoAttemptThatWasGivenBackWhenTheNextWorkerDies() {
        long id = insert();
        StoreSession session = open();
        claimOne(session);
        session.giveBackAllBut(Set.of());
        assertThat(awaitJob(open("dies", new Ear())).attempt()).isEqualTo(1);
        assertThat(awaitJob(open()).attempt()).isEqualTo(2);
        assertThat(events(id)).containsExactly(JobEvent.Kind.RESCUED);
    }
}
