package io.betrue.jobs.nats;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs of transactions in PostgreSQL come to NATS: each that was committed, as it was. */
class NatsOutboxIT extends OutboxFixture {
    @Test
    void handsOverWhatWasCommittedAndNothingElse() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs).start();
        work(jobs);
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    outbox.in(handle).enqueue(NOTE, "rolled back");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        EnqueuedJob job = commit(outbox, "committed");
        assertThat(awaitRuns(1)).containsExactly("committed");
        awaitEmpty(outbox);
        assertThat(job.created()).isTrue();
        assertThat(job.id()).isBetween(FIRST, 2 * FIRST - 1);
        await(() -> jobsIn("work") == 0); // an outcome is stored shortly after the handler has ended
        assertThat(ran).isEmpty();
    }

    @Test
    void keepsWhatAJobIs() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs).start();
        BlockingQueue<JobContext> contexts = new LinkedBlockingQueue<>();
        opened(jobs.worker(config -> config.queue("mail", 1).handle(NOTE, (job, note) -> {
                    contexts.add(job);
                })))
                .start();
        EnqueuedJob job = commit(
                outbox,
                JobRequest.of(NOTE, "Grüße, \u0000 \uD83D\uDE00")
                        .queue("mail")
                        .priority(7)
                        .attempts(3)
                        .tags("a", "b"));
        JobContext context = Objects.requireNonNull(contexts.poll(30, TimeUnit.SECONDS));
        assertThat(context.id()).isEqualTo(job.id());
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.tags()).containsExactly("a", "b");
    }

    @Test
    void sharesWorkBetweenRelays() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox one = outbox(jobs);
        NatsOutbox other = outbox(jobs(NATS.url()));
        for (int i = 0; i < 5; i++) {
            int part = i;
            jdbi.useTransaction(handle -> one.in(handle)
                    .enqueueAll(IntStream.range(part * 1_000, part * 1_000 + 1_000)
                            .mapToObj(n -> JobRequest.of(NOTE, "note " + n))
                            .toList()));
        }
        work(jobs);
        one.start();
        other.start();
        assertThat(awaitRuns(5_000)).doesNotHaveDuplicates();
        awaitEmpty(one);
        assertThat(ran.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void letsNatsDecideWhoHasAUniqueKey() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        JobRequest<String> request = JobRequest.of(NOTE, "first").uniqueKey("k");
        EnqueuedJob first = jobs.enqueue(request);
        EnqueuedJob second = commit(outbox, request);
        EnqueuedJob third = commit(outbox, request);
        List<EnqueuedJob> both = jdbi.inTransaction(handle -> outbox.in(handle)
                .enqueueAll(List.of(
                        JobRequest.of(NOTE, "x").uniqueKey("x"),
                        JobRequest.of(NOTE, "y").uniqueKey("x"))));
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isTrue();
        assertThat(third).isEqualTo(new EnqueuedJob(second.id(), false));
        assertThat(both.get(0).created()).isTrue();
        assertThat(both.get(1)).isEqualTo(new EnqueuedJob(both.get(0).id(), false));
        outbox.start();
        awaitEmpty(outbox);
        assertThat(count("work")).isEqualTo(2);
        assertThat(jobs.enqueue(JobRequest.of(NOTE, "z").uniqueKey("x")))
                .isEqualTo(new EnqueuedJob(both.get(0).id(), false));
        work(jobs);
        assertThat(awaitRuns(2)).containsExactlyInAnyOrder("first", "x");
    }

    @Test
    void countsDelaysFromWhenTheJobWasWritten() throws Exception {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        work(jobs);
        long began = System.nanoTime();
        commit(outbox, JobRequest.of(NOTE, "gone by").in(ofMillis(200)));
        commit(outbox, JobRequest.of(NOTE, "to come").in(ofSeconds(3)));
        await(() -> System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(1_500));
        outbox.start();
        assertThat(awaitRuns(1)).containsExactly("gone by");
        awaitEmpty(outbox);
        assertThat(ran).isEmpty();
        assertThat(awaitRuns(1)).containsExactly("to come");
        assertThat(System.nanoTime() - began)
                .isBetween(TimeUnit.MILLISECONDS.toNanos(2_900), TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void refusesPayloadsThatNatsWouldNotTake() {
        NatsJobs jobs = jobs(NATS.url());
        NatsOutbox outbox = outbox(jobs);
        String fits = "x".repeat(999_998);
        String tooLarge = "ä".repeat(500_000);
        assertThat(commit(outbox, fits).created()).isTrue();
        assertThatThrownBy(() -> commit(outbox, tooLarge))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("payload of job type note must have at most 1000000 bytes as JSON, had 1000002");
        assertThat(jobs.enqueue(NOTE, fits).created()).isTrue();
        assertThatThrownBy(() -> jobs.enqueueAll(List.of(JobRequest.of(NOTE, "a"), JobRequest.of(NOTE, tooLarge))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("payload of job type note must have at most 1000000 bytes as JSON");
        assertThat(jobs.enqueue(NOTE, "still connected").created()).isTrue();
    }
}
