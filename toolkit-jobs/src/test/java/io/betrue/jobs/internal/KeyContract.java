package io.betrue.jobs.internal;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What unique keys keep apart. */
abstract class KeyContract extends StoreContract {
    @Test
    void makesOneJobOfThirtyTwoThreadsWithOneKey() throws Exception {
        List<Long> ids = inParallel(32, thread -> List.of(insert(keyed("t:one", null))));
        assertThat(Set.copyOf(ids)).hasSize(1);
        assertThat(claim(open(), 10)).hasSize(1);
    }

    @Test
    void freesAKeyWhenItsJobEnds() {
        long first = insert(keyed("t:k", null));
        assertThat(store().insert(List.of(keyed("t:k", null)))).containsExactly(new EnqueuedJob(first, false));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(insert(keyed("t:k", null))).isEqualTo(first);
        settle(session, job, failed(ofHours(1)));
        assertThat(insert(keyed("t:k", null))).as("between attempts").isEqualTo(first);
        control().retry(first);
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        EnqueuedJob next = store().insert(List.of(keyed("t:k", null))).get(0);
        assertThat(next.created()).isTrue();
        assertThat(next.id()).isNotEqualTo(first);
    }

    @Test
    void keepsAKeyForItsPeriodWhateverBecameOfTheJob() {
        long first = insert(keyed("t:day", ofDays(1)));
        long brief = insert(keyed("t:brief", ofMillis(50)));
        StoreSession session = open();
        claim(session, 2).forEach(job -> settle(session, job, new JobOutcome.Succeeded(null)));
        assertThat(store().insert(List.of(keyed("t:day", ofDays(1))))).containsExactly(new EnqueuedJob(first, false));
        until(
                session,
                () -> store().insert(List.of(keyed("t:brief", ofMillis(50))))
                                .get(0)
                                .id()
                        != brief);
    }

    @Test
    void countsTheFirstOfABulkWithRepeatedKeys() {
        List<EnqueuedJob> made = store().insert(List.of(
                keyed("t:a", null), job("x"), keyed("t:b", null), keyed("t:a", null), keyed("t:b", null), job("y")));
        assertThat(made).extracting(EnqueuedJob::created).containsExactly(true, true, true, false, false, true);
        assertThat(made.get(3).id()).isEqualTo(made.get(0).id());
        assertThat(made.get(4).id()).isEqualTo(made.get(2).id());
        assertThat(claim(open(), 10)).hasSize(4);
    }

    @Test
    void takesOverlappingBulksOfKeysAtTheSameTime() throws Exception {
        List<Long> ids = inParallel(8, thread -> {
            List<NewJob> jobs = new ArrayList<>(IntStream.range(0, 1_500)
                    .mapToObj(i -> keyed("t:" + i, null))
                    .toList());
            java.util.Collections.shuffle(jobs, new java.util.Random(thread));
            return store().insert(jobs).stream().map(EnqueuedJob::id).toList();
        });
        assertThat(Set.copyOf(ids)).hasSize(1_500);
    }

    @Test
    void doesNotRetryWhenTheKeyHasGoneToAnother() {
        long dead = insert(keyed("t:d", null));
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Died(new JobError("Boom", "", null)));
        insert(keyed("t:d", null));
        assertThat(control().retry(dead)).isFalse();
        assertThat(state(dead)).isEqualTo(JobState.DEAD);
    }

    @Test
    void keepsAKeyForItsPeriodWhenItsJobIsDiscarded() {
        long first = insert(keyed("t:day", ofDays(1)));
        assertThat(control().discard(first)).isTrue();
        assertThat(store().insert(List.of(keyed("t:day", ofDays(1))))).containsExactly(new EnqueuedJob(first, false));
    }

    @Test
    void doesNotRetryWhenAnotherJobHasTheKeyForAPeriod() {
        long first = insert(keyed("t:k", ofMillis(1)));
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Died(new JobError("Boom", "", null)));
        until(session, () -> insert(keyed("t:k", ofDays(1))) != first);
        assertThat(control().retry(first)).isFalse();
        assertThat(state(first)).isEqualTo(JobState.DEAD);
    }

    @Test
    void retriesWhenThePeriodOfAnothersKeyIsOver() {
        long dead = insert(keyed("t:k", null));
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Died(new JobError("Boom", "", null)));
        assertThat(insert(keyed("t:k", ofMillis(1)))).isNotEqualTo(dead);
        until(session, () -> control().retry(dead));
        assertThat(insert(keyed("t:k", null))).as("its key is taken again").isEqualTo(dead);
    }
}
