package io.betrue.jobs.internal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that are handed in. */
abstract class EnqueueContract extends StoreContract {
    @Test
    void keepsAllThatAJobIs() {
        NewJob wanted = new NewJob(
                "mail",
                2,
                "q",
                7,
                5,
                ofSeconds(90),
                "{\"a\":\"ä\\u0000'\"}",
                List.of("x:1", "y"),
                "mail:k",
                null,
                null,
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        long id = insert(wanted);
        JobInfo info = info(id);
        assertThat(info.state()).isEqualTo(JobState.QUEUED);
        assertThat(info.payload()).isEqualTo(wanted.payload());
        assertThat(info.tags()).containsExactly("x:1", "y");
        assertThat(info.uniqueKey()).isEqualTo("mail:k");
        assertThat(info.attempt()).isZero();
        assertThat(info.startedAt()).isNull();
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(job)
                .isEqualTo(new ClaimedJob(
                        id,
                        job.lease(),
                        "mail",
                        2,
                        "q",
                        1,
                        5,
                        ofSeconds(90),
                        wanted.payload(),
                        wanted.tags(),
                        info.enqueuedAt(),
                        wanted.trace()));
        JobInfo running = info(id);
        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(running.worker()).isEqualTo("test");
        assertThat(running.startedAt()).isNotNull();
    }

    @Test
    void answersInTheOrderOfABulkOfAnySize() {
        List<EnqueuedJob> made = store().insert(
                        IntStream.range(0, 2_345).mapToObj(i -> job("" + i)).toList());
        assertThat(made).hasSize(2_345).allMatch(EnqueuedJob::created);
        assertThat(made).extracting(EnqueuedJob::id).isSorted().doesNotHaveDuplicates();
        assertThat(info(made.get(1_999).id()).payload()).isEqualTo("\"1999\"");
        assertThat(store().insert(List.of())).isEmpty();
    }

    @Test
    void letsDelayedJobsWait() {
        long soon = insert(delayed(ofMillis(800)));
        long later = insert(delayed(ofHours(1)));
        long past = insert(new NewJob(
                "t",
                1,
                "q",
                0,
                3,
                ofSeconds(1),
                "{}",
                List.of(),
                null,
                null,
                null,
                Instant.parse("2020-01-01T00:00:00Z"),
                null));
        insert(new NewJob("t", 1, "q", 0, 3, ofSeconds(1), "{}", List.of(), null, null, null, Instant.MAX, null));
        insert(delayed(Duration.ofSeconds(Long.MAX_VALUE)));
        StoreSession session = open();
        assertThat(claim(session, 10)).extracting(ClaimedJob::id).containsExactly(past);
        assertThat(info(later).state()).isEqualTo(JobState.DELAYED);
        assertThat(info(later).runAt()).isAfter(info(later).enqueuedAt().plus(ofSeconds(3_599)));
        Duration next = session.upkeep();
        assertThat(next).isPositive().isLessThanOrEqualTo(ofMillis(801));
        until(session, () -> state(soon) == JobState.QUEUED);
        assertThat(claimOne(session).id()).isEqualTo(soon);
        assertThat(state(later)).isEqualTo(JobState.DELAYED);
    }

    @Test
    void makesTenThousandDueAtOnce() {
        store().insert(IntStream.range(0, 10_000)
                .mapToObj(i -> delayed(ofMillis(1)))
                .toList());
        StoreSession session = open();
        until(
                session,
                () -> control().list(JobQuery.all().states(JobState.DELAYED)).isEmpty());
        assertThat(queue("q").queued()).isEqualTo(10_000);
    }
}
