package io.betrue.jobs.internal;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.WorkerInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What becomes of the jobs of workers that are lost, or lose count. */
abstract class RescueContract extends StoreContract {
    @Test
    void givesBackWhatItsWorkerNeverHeardOf() {
        StoreSession session = open();
        StoreSession other = open();
        insert(job("known"));
        insert(job("others"));
        ClaimedJob known = claimOne(session);
        claimOne(other);
        long lost = insert(job("lost"));
        ClaimedJob unheard = claimOne(session);

        session.giveBackAllBut(Set.of(known.id()));

        assertThat(state(known.id())).isEqualTo(JobState.RUNNING);
        assertThat(control().list(JobQuery.all().states(JobState.RUNNING))).hasSize(2);
        assertThat(info(lost).attempt()).isZero();
        assertThat(settle(session, unheard, new JobOutcome.Succeeded(null))).hasSize(1);
        ClaimedJob again = claimOne(session);
        assertThat(again.id()).isEqualTo(lost);
        assertThat(again.attempt()).isEqualTo(1);
        session.giveBackAllBut(Set.of());
        assertThat(control().list(JobQuery.all().states(JobState.RUNNING))).hasSize(1);
    }

    @Test
    void rescuesFromASilentWorker() {
        long id = insert(keyed("t:k", null));
        StoreSession silent = open(new Ear(), ofMillis(100), Map.of(), "q");
        ClaimedJob job = claimOne(silent);
        StoreSession judge = open(new Ear(), ofMillis(100), Map.of(), "q");
        untilBeating(judge, () -> state(id) == JobState.QUEUED);
        assertThat(info(id).attempt()).as("the attempt counts").isEqualTo(1);
        assertThat(control().events(id)).extracting(JobEvent::kind).containsExactly(JobEvent.Kind.RESCUED);
        assertThat(control().workers()).extracting(WorkerInfo::id).containsExactly(judge.workerId());
        assertThat(settle(silent, job, new JobOutcome.Succeeded(null)))
                .as("too late")
                .hasSize(1);
        assertThat(silent.beat(false, 1).alive()).isFalse();
        assertThat(claim(silent, 1)).as("nobody would rescue these").isEmpty();
        assertThat(claimOne(judge).attempt()).isEqualTo(2);
    }

    @Test
    void endsAJobWhoseWorkersDieEachTime() {
        long id = insert(job("x"));
        StoreSession judge = open(new Ear(), ofMillis(100), Map.of(), "q");
        for (int attempt = 1; attempt <= 3; attempt++) {
            StoreSession victim = open(new Ear(), ofMillis(100), Map.of(), "q");
            assertThat(claimOne(victim).attempt()).isEqualTo(attempt);
            untilBeating(judge, () -> state(id) != JobState.RUNNING);
            if (attempt == 2) {
                assertThat(state(id)).as("not at once the second time").isEqualTo(JobState.DELAYED);
                control().reschedule(id, Instant.EPOCH);
            }
        }
        assertThat(state(id)).isEqualTo(JobState.DEAD);
        assertThat(info(id).error()).contains("died");
    }

    @Test
    void doesNotRescueAfterAGapOfItsOwn() {
        long id = insert(job("x"));
        StoreSession silent = open(new Ear(), ofMillis(200), Map.of(), "q");
        claimOne(silent);
        StoreSession judge = open(new Ear(), ofMillis(200), Map.of(), "q");
        java.util.concurrent.locks.LockSupport.parkNanos(ofMillis(800).toNanos());
        judge.beat(false, 0);
        judge.upkeep();
        assertThat(state(id)).isEqualTo(JobState.RUNNING);
        assertThat(silent.beat(false, 1).alive()).isTrue();
    }

    /** Beats four times in an interval of 100 ms, and keeps the upkeep going. */
    private static void untilBeating(StoreSession session, BooleanSupplier condition) {
        until(session, () -> {
            session.beat(false, 0);
            return condition.getAsBoolean();
        });
    }
}
