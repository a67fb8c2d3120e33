package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a job when an attempt is over. */
abstract class SettleContract extends StoreContract {
    @Test
    void endsWell() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(settle(session, job, new JobOutcome.Succeeded("{\"sum\":3}")))
                .isEmpty();
        JobInfo info = info(id);
        assertThat(info.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(info.result()).isEqualTo("{\"sum\":3}");
        assertThat(info.worker()).isEqualTo("test");
        assertThat(info.finishedAt()).isAfterOrEqualTo(info.startedAt());
        assertThat(claim(session, 1)).isEmpty();
    }

    @Test
    void retriesAtOnceOrLaterWithTheErrorKept() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob first = claimOne(session);
        assertThat(settle(session, first, failed(ZERO))).isEmpty();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        ClaimedJob second = claimOne(session);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.lease()).isGreaterThan(first.lease());
        assertThat(settle(session, second, failed(ofHours(1)))).isEmpty();
        JobInfo info = info(id);
        assertThat(info.state()).isEqualTo(JobState.DELAYED);
        assertThat(info.error()).contains("Boom").contains("it broke");
        assertThat(control().events(id))
                .extracting(JobEvent::kind, JobEvent::attempt, JobEvent::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(JobEvent.Kind.ERROR, 1, "at x"),
                        org.assertj.core.groups.Tuple.tuple(JobEvent.Kind.ERROR, 2, "at x"));
    }

    @Test
    void givesTheAttemptBackWhenSnoozedOrReleased() {
        long id = insert(job("x"));
        StoreSession session = open();
        assertThat(settle(session, claimOne(session), new JobOutcome.Released()))
                .isEmpty();
        assertThat(info(id).attempt()).isZero();
        assertThat(control().events(id)).isEmpty();
        ClaimedJob again = claimOne(session);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(settle(session, again, new JobOutcome.Snoozed(ZERO))).isEmpty();
        ClaimedJob third = claimOne(session);
        assertThat(third.attempt()).isEqualTo(1);
        assertThat(third.lease()).isGreaterThan(again.lease());
        assertThat(settle(session, third, new JobOutcome.Snoozed(ofHours(1)))).isEmpty();
        assertThat(info(id).state()).isEqualTo(JobState.DELAYED);
        assertThat(info(id).attempt()).isZero();
        assertThat(control().events(id)).extracting(JobEvent::kind).containsOnly(JobEvent.Kind.SNOOZED);
    }

    @Test
    void diesOrIsCancelledForGood() {
        long dead = insert(job("x"));
        long cancelled = insert(job("y"));
        StoreSession session = open();
        List<ClaimedJob> jobs = claim(session, 2);
        assertThat(session.settle(List.of(
                        new Settlement(jobs.get(0), new JobOutcome.Died(new JobError("Boom", "for good", "at y"))),
                        new Settlement(jobs.get(1), new JobOutcome.Cancelled("no longer wanted")))))
                .isEmpty();
        assertThat(info(dead).state()).isEqualTo(JobState.DEAD);
        assertThat(info(dead).error()).isEqualTo("Boom: for good");
        assertThat(info(cancelled).state()).isEqualTo(JobState.CANCELLED);
        assertThat(info(cancelled).error()).isEqualTo("no longer wanted");
    }

    @Test
    void settlesAMixOfHundredsAtOnce() {
        store().insert(IntStream.range(0, 500).mapToObj(i -> job("" + i)).toList());
        StoreSession session = open();
        List<ClaimedJob> jobs = claim(session, 500);
        List<Settlement> all = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            all.add(new Settlement(
                    jobs.get(i),
                    switch (i % 5) {
                        case 0 -> new JobOutcome.Succeeded(i % 2 == 0 ? null : "1");
                        case 1 -> failed(ZERO);
                        case 2 -> failed(ofHours(1));
                        case 3 -> new JobOutcome.Released();
                        default -> new JobOutcome.Died(new JobError("Boom", "", null));
                    }));
        }
        assertThat(session.settle(all)).isEmpty();
        QueueInfo queue = queue("q");
        assertThat(queue.queued()).isEqualTo(200);
        assertThat(queue.delayed()).isEqualTo(100);
        assertThat(queue.running()).isZero();
        assertThat(session.settle(all)).as("the second time").hasSize(400);
    }

    @Test
    void refusesALeaseThatHasPassed() {
        long id = insert(job("x"));
        StoreSession session = open();
        StoreSession other = open();
        ClaimedJob first = claimOne(session);
        settle(session, first, failed(ZERO));
        ClaimedJob again = claimOne(session);
        for (JobOutcome outcome : List.of(
                new JobOutcome.Succeeded(null),
                failed(ZERO),
                new JobOutcome.Released(),
                new JobOutcome.Cancelled("x"))) {
            assertThat(settle(session, first, outcome))
                    .extracting(Settlement::job)
                    .containsExactly(first);
            assertThat(settle(other, again, outcome)).as("by another worker").hasSize(1);
        }
        session.report(List.of(new Report(first, 0.5, "stale", List.of("stale"))));
        assertThat(info(id).state()).isEqualTo(JobState.RUNNING);
        assertThat(info(id).progress()).isNull();
        assertThat(settle(session, again, new JobOutcome.Succeeded(null))).isEmpty();
    }

    @Test
    void takesTheSameSuccessTwice() {
        insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(settle(session, job, new JobOutcome.Succeeded(null))).isEmpty();
        assertThat(settle(session, job, new JobOutcome.Succeeded(null)))
                .as("the answer was lost")
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoSuccessAfterASuccess() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(settle(session, job, new JobOutcome.Succeeded(null))).isEmpty();
        assertThat(settle(session, job, failed(ZERO))).hasSize(1);
        assertThat(settle(session, job, new JobOutcome.Died(new JobError("Boom", "", null))))
                .hasSize(1);
        assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void hasNoErrorOnceItSucceeds() {
        long id = insert(job("x"));
        StoreSession session = open();
        settle(session, claimOne(session), failed(ZERO));
        assertThat(info(id).error()).isEqualTo("Boom: it broke");
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        assertThat(info(id).error()).isNull();
    }

    @Test
    void namesTheKindAloneOfAFailureThatSaysNothing() {
        long id = insert(job("x"));
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Died(new JobError("Boom", "", null)));
        assertThat(info(id).error()).isEqualTo("Boom");
        assertThat(control().events(id)).extracting(JobEvent::text).containsExactly("Boom");
    }

    @Test
    void isNobodysBetweenAttempts() {
        long id = insert(job("x"));
        StoreSession session = open();
        settle(session, claimOne(session), failed(ofHours(1)));
        assertThat(info(id).worker()).isNull();
        assertThat(control().cancel(id)).isTrue();
        assertThat(info(id).worker()).isNull();
    }
}
