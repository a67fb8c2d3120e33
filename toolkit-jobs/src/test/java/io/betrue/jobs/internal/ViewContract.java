package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What can be seen from outside. */
abstract class ViewContract extends StoreContract {
    @Test
    void showsProgressAndLines() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        session.report(List.of(new Report(job, 0.25, "begun", List.of("one", "two"))));
        session.report(List.of(new Report(job, 0.5, null, List.of())));
        session.report(List.of(new Report(job, null, null, List.of("three"))));
        assertThat(info(id).progress()).isEqualTo(0.5);
        assertThat(control().events(id)).extracting(JobEvent::text).containsExactly("one", "two", "three");
        assertThat(settle(session, job, failed(ZERO))).isEmpty();
        assertThat(info(id).progress()).isNull();
    }

    @Test
    void findsByStateTypeQueueAndTag() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(insert(new NewJob(
                    i % 2 == 0 ? "even" : "odd",
                    1,
                    i < 3 ? "q" : "r",
                    0,
                    3,
                    ofSeconds(1),
                    "{}",
                    i == 4 ? List.of("mark") : List.of(),
                    null,
                    null,
                    null,
                    null,
                    null)));
        }
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        assertThat(ids(UnaryOperator.identity()))
                .containsExactly(5, 4, 3, 2, 1, 0)
                .isSortedAccordingTo((a, b) -> b - a);
        assertThat(list(ids, query -> query.states(JobState.SUCCEEDED))).containsExactly(0);
        assertThat(list(ids, query -> query.states(JobState.QUEUED, JobState.DELAYED)))
                .containsExactly(5, 4, 3, 2, 1);
        assertThat(list(ids, query -> query.type("even"))).containsExactly(4, 2, 0);
        assertThat(list(ids, query -> query.queue("r"))).containsExactly(5, 4, 3);
        assertThat(list(ids, query -> query.tag("mark"))).containsExactly(4);
        assertThat(list(ids, query -> query.limit(2).before(ids.get(4)))).containsExactly(3, 2);
    }

    @Test
    void listsQueuesAndWorkers() {
        insert(job("x"));
        insert(job("y"));
        insert(delayed(ofHours(1)));
        StoreSession session = open("q", "empty");
        claimOne(session);
        session.beat(true, 1);
        assertThat(control().queues()).extracting(QueueInfo::name).containsExactly("empty", "q");
        QueueInfo queue = queue("q");
        assertThat(List.of(queue.queued(), queue.delayed(), queue.running())).containsExactly(1L, 1L, 1L);
        assertThat(queue.oldest()).isNotNull();
        WorkerInfo worker = control().workers().get(0);
        assertThat(worker.id()).isEqualTo(session.workerId());
        assertThat(worker.queues()).containsExactlyInAnyOrder("empty", "q");
        assertThat(worker.draining()).isTrue();
        assertThat(worker.running()).isEqualTo(1);
        assertThat(worker.silence()).isLessThan(ofSeconds(10));
        session.close();
        session.close();
        assertThat(control().workers()).isEmpty();
    }

    private List<Integer> ids(UnaryOperator<JobQuery> query) {
        List<Long> all = control().list(query.apply(JobQuery.all())).stream()
                .map(JobInfo::id)
                .sorted()
                .toList();
        return list(all, query);
    }

    private List<Integer> list(List<Long> ids, UnaryOperator<JobQuery> query) {
        return control().list(query.apply(JobQuery.all())).stream()
                .map(job -> ids.indexOf(job.id()))
                .toList();
    }

    @Test
    void doesNotListQueuesWhoseJobsHaveAllEnded() {
        StoreSession session = open();
        insert(job("x"));
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        session.close();
        assertThat(control().queues()).isEmpty();
    }

    @Test
    void countsHowLongADueJobWaitsFromWhenItBecameDue() {
        Duration delay = ofMillis(700);
        long id = insert(delayed(delay));
        StoreSession session = open();
        until(session, () -> state(id) == JobState.QUEUED);
        assertThat(queue("q").oldest())
                .isLessThanOrEqualTo(Duration.between(info(id).enqueuedAt(), Instant.now())
                        .minus(delay)
                        .plusMillis(1)); // rounded
    }
}
