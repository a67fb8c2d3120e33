package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreSession;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of jobs whose end was written and not acknowledged. */
class NatsLostAcknowledgementIT extends SessionFixture {
    /** Writes what a session writes before it acknowledges, and dies. */
    private static Delivery claimToLeave(StoreSession session) {
        ClaimedJob job = claimOne(session);
        return Objects.requireNonNull(((NatsSession) session).held.get(job));
    }

    private void leave(String subject, Entry entry) {
        store.wire().publish(subject, JobMessages.moved(entry), JobMessages.body(entry));
    }

    private void awaitGone(StoreSession session, long id) {
        until(() -> {
            session.beat(false, 0);
            assertThat(claim(session, 1)).as("runs nothing").isEmpty();
            return store.wire().last(store.names().work, store.names().anyWork(id)) == null;
        });
    }

    @Test
    void doesNotRunAgainWhatEndedWhenTheAcknowledgementWasLost() {
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD)) {
            long id = store.insert(List.of(job("t:" + state))).get(0).id();
            Delivery delivery = claimToLeave(open());
            Entry ended = delivery.begun().ended(1, store.clock().now(), "dies", "x", "\"done\"");
            leave(store.names().ended(state, "q", id), ended);
            StoreSession other = open();

            awaitGone(other, id);

            assertThat(info(id).state()).isEqualTo(state);
            assertThat(info(id).attempt()).isEqualTo(1);
            assertThat(events(id)).isEmpty();
            assertThat(store.insert(List.of(job("t:" + state))).get(0).created())
                    .as("its key is free")
                    .isTrue();
            assertThat(succeed(other, awaitJob(other), "1")).isEmpty();
        }
    }

    @Test
    void doesNotRunAgainBeforeItsTimeWhatWasPutOffWhenTheAcknowledgementWasLost() {
        long id = store.insert(List.of(job("t:key"))).get(0).id();
        Delivery delivery = claimToLeave(open());
        Entry later = delivery.begun().waiting(1, store.clock().now().plusSeconds(3_600), "it broke");
        leave(store.names().later("q", id), later);

        awaitGone(open(), id);

        assertThat(info(id).state()).isEqualTo(JobState.DELAYED);
        assertThat(info(id).attempt()).isEqualTo(1);
        assertThat(info(id).error()).isEqualTo("it broke");
        assertThat(events(id)).isEmpty();
        assertThat(store.insert(List.of(job("t:key"))).get(0))
                .as("its key is held")
                .matches(answer -> answer.id() == id && !answer.created());
    }

    @Test
    void doesNotStoreAnEndAgainOfWhichOnlyTheTidyingFailed() {
        long id = store.insert(List.of(job("t:kept"))).get(0).id();
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        store.wire().api("STREAM.DELETE." + store.names().keys, null); // so that the key cannot be freed
        JobError error = new JobError("Boom", "it broke", "at x");

        assertThat(session.settle(List.of(new Settlement(job, new JobOutcome.Died(error)))))
                .as("stored, neither refused nor to be tried again")
                .isEmpty();

        assertThat(info(id).state()).isEqualTo(JobState.DEAD);
        assertThat(events(id)).containsExactly(JobEvent.Kind.ERROR);
    }

    @Test
    void runsAtOnceWhatWasGivenBackWhenTheServerDidNotHear() {
        long id = insert();
        StoreSession silent = open();
        Delivery delivery = claimToLeave(silent);
        Leases.Lease back = Leases.Lease.of(delivery, 1, Leases.State.BACK, 0, "dies", "it broke", delivery.startedAt);
        Wire.await("keep a lease", new Leases(store).put(id, back));

        ClaimedJob job = awaitJob(open());

        assertThat(job.attempt()).as("one failed, none was lost").isEqualTo(2);
        assertThat(events(id)).isEmpty();
        assertThat(info(id).state()).isEqualTo(JobState.RUNNING);
    }
}
