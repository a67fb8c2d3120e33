package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What can be done to jobs from outside. */
abstract class ControlContract extends StoreContract {
    @Test
    void cancelsWhatWaits() {
        long ready = insert(keyed("t:r", null));
        long later = insert(delayed(ofHours(1)));
        assertThat(control().cancel(ready)).isTrue();
        assertThat(control().cancel(later)).isTrue();
        assertThat(control().cancel(ready)).isFalse();
        assertThat(control().cancel(Long.MAX_VALUE)).isFalse();
        assertThat(state(ready)).isEqualTo(JobState.CANCELLED);
        assertThat(state(later)).isEqualTo(JobState.CANCELLED);
        assertThat(store().insert(List.of(keyed("t:r", null))).get(0).created()).isTrue();
    }

    @Test
    void tellsARunningJobThatItIsCancelled() throws Exception {
        insert(job("x"));
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of(), "q");
        ClaimedJob job = claimOne(session);
        assertThat(control().cancel(job.id())).isTrue();
        assertThat(session.beat(false, 1).cancelled()).containsExactly(job.id());
        assertThat(settle(session, job, failed(ZERO))).isEmpty();
        assertThat(state(job.id())).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void letsACancelledJobSucceedAllTheSame() {
        insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        control().cancel(job.id());
        assertThat(settle(session, job, new JobOutcome.Succeeded(null))).isEmpty();
        assertThat(state(job.id())).isEqualTo(JobState.SUCCEEDED);
        assertThat(control().retry(job.id()))
                .as("succeeded jobs do not run again")
                .isFalse();
    }

    @Test
    void eitherCancelsOrClaims() throws Exception {
        List<EnqueuedJob> jobs = store().insert(
                        IntStream.range(0, 300).mapToObj(i -> job("" + i)).toList());
        StoreSession session = open();
        List<ClaimedJob> claimed = new ArrayList<>();
        List<Long> told = inParallel(2, thread -> {
            if (thread == 0) {
                List<ClaimedJob> more = claim(session, 5);
                while (!more.isEmpty()) {
                    claimed.addAll(more);
                    more = claim(session, 5);
                }
                return List.of();
            }
            jobs.forEach(job -> assertThat(control().cancel(job.id())).isTrue());
            return List.of();
        });
        assertThat(told).isEmpty();
        Set<Long> cancelled = session.beat(false, claimed.size()).cancelled();
        assertThat(claimed).extracting(ClaimedJob::id).containsExactlyInAnyOrderElementsOf(cancelled);
        assertThat(control().list(JobQuery.all().states(JobState.CANCELLED).limit(1_000)))
                .hasSize(300 - claimed.size());
    }

    @Test
    void runsDeadAndWaitingJobsAgain() {
        long dead = insert(keyed("t:d", null));
        StoreSession session = open();
        ClaimedJob first = claimOne(session);
        settle(session, first, new JobOutcome.Died(new JobError("Boom", "", null)));
        long later = insert(delayed(ofHours(1)));
        assertThat(control().retry(dead)).isTrue();
        assertThat(control().retry(dead)).as("it waits").isFalse();
        assertThat(control().retry(later)).isTrue();
        assertThat(insert(keyed("t:d", null))).as("its key is taken again").isEqualTo(dead);
        List<ClaimedJob> jobs = claim(session, 5);
        assertThat(jobs).extracting(ClaimedJob::id).containsExactlyInAnyOrder(dead, later);
        assertThat(jobs).extracting(ClaimedJob::attempt).containsOnly(1);
        assertThat(jobs).filteredOn(job -> job.id() == dead).allMatch(job -> job.lease() > first.lease());
        assertThat(control().retry(dead)).as("it runs").isFalse();
    }

    @Test
    void reschedulesWhatWaits() {
        long id = insert(job("x"));
        assertThat(control().reschedule(id, Instant.parse("2099-01-01T00:00:00Z")))
                .isTrue();
        assertThat(info(id).runAt()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(control().reschedule(id, Instant.parse("2098-01-01T00:00:00Z")))
                .isTrue();
        assertThat(info(id).runAt()).isEqualTo("2098-01-01T00:00:00Z");
        assertThat(control().reschedule(id, Instant.parse("2000-01-01T00:00:00Z")))
                .isTrue();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        claimOne(open());
        assertThat(control().reschedule(id, Instant.parse("2099-01-01T00:00:00Z")))
                .isFalse();
    }

    @Test
    void discardsWhatDoesNotRun() {
        long ready = insert(keyed("t:r", null));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(control().discard(ready)).isFalse();
        session.report(List.of(new Report(job, null, null, List.of("line"))));
        settle(session, job, failed(ofHours(1)));
        assertThat(control().discard(ready)).isTrue();
        assertThat(control().find(ready)).isEmpty();
        assertThat(control().events(ready)).isEmpty();
        assertThat(store().insert(List.of(keyed("t:r", null))).get(0).created()).isTrue();
        assertThat(control().discard(ready)).isFalse();
    }

    @Test
    void saysOfAnAttemptThatDidNotCountThatItWasCancelled() {
        long snoozed = insert(job("x"));
        long released = insert(job("y"));
        StoreSession session = open();
        List<ClaimedJob> jobs = claim(session, 2);
        jobs.forEach(job -> control().cancel(job.id()));
        assertThat(session.settle(List.of(
                        new Settlement(jobs.get(0), new JobOutcome.Snoozed(ofHours(1))),
                        new Settlement(jobs.get(1), new JobOutcome.Released()))))
                .isEmpty();
        for (long id : List.of(snoozed, released)) {
            assertThat(info(id).state()).isEqualTo(JobState.CANCELLED);
            assertThat(info(id).error()).isEqualTo("cancelled while it ran");
            assertThat(info(id).attempt()).isZero();
        }
    }

    @Test
    void keepsInTheTimelineThatSomebodyCancelledARunningJob() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(control().cancel(id)).isTrue();
        assertThat(control().cancel(id)).as("a second time").isTrue();
        settle(session, job, failed(ZERO));
        assertThat(info(id).error()).isEqualTo("Boom: it broke");
        assertThat(control().events(id))
                .extracting(JobEvent::kind)
                .containsExactly(JobEvent.Kind.CONTROL, JobEvent.Kind.ERROR);
    }

    @Test
    void saysInWhichAttemptSomebodySteppedIn() {
        long id = insert(job("x"));
        control().reschedule(id, Instant.parse("2000-01-01T00:00:00Z"));
        StoreSession session = open();
        settle(session, claimOne(session), failed(ofHours(1)));
        control().reschedule(id, Instant.parse("2099-01-01T00:00:00Z"));
        control().cancel(id);
        control().retry(id);
        assertThat(control().events(id))
                .filteredOn(event -> event.kind() == JobEvent.Kind.CONTROL)
                .extracting(JobEvent::attempt)
                .containsExactly(0, 1, 1, 1);
        assertThat(info(id).error()).as("of its last attempt").isEqualTo("Boom: it broke");
    }
}
