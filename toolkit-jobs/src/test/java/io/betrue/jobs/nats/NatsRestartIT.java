package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Worker;
import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is killed and started again with its streams, and what is found there that was made otherwise. */
class NatsRestartIT {
    private static final JobType<Integer> NOTE =
            JobType.of("note", Integer.class).retries(Backoff.constant(Duration.ZERO), 5);
    private static final Duration LEASE = ofSeconds(1);
    private static final Duration BEAT = ofMillis(300);

    private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();
    private final List<NatsJobs> opened = new ArrayList<>();
    private NatsNode node;

    /** {@return the server that the tests are run against} */
    NatsRelease release() {
        return NatsRelease.USUAL;
    }

    @BeforeEach
    void start() {
        node = NatsNode.start(release());
    }

    @AfterEach
    void close() {
        opened.forEach(NatsJobs::close);
        node.close();
    }

    private NatsJobs jobs() {
        return jobs(config -> {});
    }

    private NatsJobs jobs(Consumer<NatsJobsConfig> more) {
        NatsJobs jobs = NatsJobs.connect(node.url(), config -> {
            config.lease(LEASE);
            more.accept(config);
        });
        opened.add(jobs);
        return jobs;
    }

    private Worker worker(NatsJobs jobs) {
        return jobs.worker(config -> config.heartbeat(BEAT)
                        .queue("default", 4)
                        .handle(NOTE, (job, number) -> runs.merge(number, 1, Integer::sum)))
                .start();
    }

    private void restart() {
        node.kill();
        node.startAgain();
    }

    private static void awaitReached(NatsJobs jobs) {
        until(() -> {
            try {
                jobs.control().queues();
                return true;
            } catch (JobException e) {
                return false;
            }
        });
    }

    private static EnqueuedJob enqueueUntilTaken(NatsJobs jobs, JobRequest<?> request) {
        List<EnqueuedJob> taken = new ArrayList<>();
        until(() -> {
            try {
                taken.add(jobs.enqueue(request));
                return true;
            } catch (JobException e) {
                return false;
            }
        });
        return taken.get(0);
    }

    @Test
    void losesNothingThatItAcknowledgedAndWorkersGoOnByThemselves() throws Exception {
        NatsJobs producer = jobs();
        producer.enqueue(NOTE, -1);
        Worker first = worker(jobs());
        Worker second = worker(jobs());
        until(() -> runs.containsKey(-1));
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int base = thread * 1_000_000;
            threads.add(new Thread(() -> enqueue(producer, base, over, acknowledged, unexpected)));
        }
        threads.forEach(Thread::start);
        until(() -> acknowledged.size() > 200);

        node.kill();
        int before = acknowledged.size();
        node.startAgain();
        long back = System.nanoTime();
        int runBefore = runs.size();
        until(() -> runs.size() > runBefore + 20);
        assertThat(Duration.ofNanos(System.nanoTime() - back))
                .as("by themselves")
                .isLessThan(ofSeconds(5));
        until(() -> acknowledged.size() > before + 200);

        over.set(true);
        for (Thread thread : threads) {
            thread.join(ofSeconds(20).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        until(() -> runs.keySet().containsAll(acknowledged));
        assertThat(unexpected).isEmpty();
        JobQuery left = JobQuery.all().states(JobState.DEAD, JobState.QUEUED, JobState.RUNNING, JobState.DELAYED);
        until(() -> producer.control().list(left).isEmpty());
        first.close();
        second.close();
    }

    private static void enqueue(
            NatsJobs producer, int base, AtomicBoolean over, Set<Integer> acknowledged, Queue<Throwable> unexpected) {
        for (int number = base; !over.get(); number++) {
            try {
                producer.enqueue(NOTE, number);
                acknowledged.add(number);
            } catch (JobException e) {
                // not acknowledged
            } catch (RuntimeException e) {
                unexpected.add(e);
                return;
            }
        }
    }

    @Test
    void keepsUniqueKeysAndFreesThoseOfJobsThatHaveEnded() {
        NatsJobs jobs = jobs();
        EnqueuedJob held = jobs.enqueue(JobRequest.of(NOTE, 1).queue("nobody").uniqueKey("held"));
        EnqueuedJob later = jobs.enqueue(JobRequest.of(NOTE, 2).in(ofHours(1)).uniqueKey("later"));
        EnqueuedJob ended = jobs.enqueue(JobRequest.of(NOTE, 3).uniqueKey("ended"));
        EnqueuedJob period = jobs.enqueue(JobRequest.of(NOTE, 4).uniqueKey("period", ofHours(1)));
        Worker worker = worker(jobs);
        until(() ->
                jobs.control().list(JobQuery.all().states(JobState.SUCCEEDED)).size() == 2);
        worker.close();

        restart();

        assertThat(enqueueUntilTaken(jobs, JobRequest.of(NOTE, 1).uniqueKey("held")))
                .isEqualTo(new EnqueuedJob(held.id(), false));
        assertThat(jobs.enqueue(JobRequest.of(NOTE, 2).uniqueKey("later")))
                .isEqualTo(new EnqueuedJob(later.id(), false));
        assertThat(jobs.enqueue(JobRequest.of(NOTE, 4).uniqueKey("period", ofHours(1))))
                .isEqualTo(new EnqueuedJob(period.id(), false));
        // what the server removed in its last moments may be there again, until a worker sees to it
        worker(jobs);
        List<EnqueuedJob> again = new ArrayList<>();
        until(() -> {
            again.add(jobs.enqueue(JobRequest.of(NOTE, 3).uniqueKey("ended")));
            return again.get(again.size() - 1).created();
        });
        assertThat(again.get(again.size() - 1).id()).isGreaterThan(ended.id());
    }

    @Test
    void keepsDelayedJobsPausesSchedulesAndDeadLetters() {
        NatsJobs jobs = jobs();
        long soon = jobs.enqueue(JobRequest.of(NOTE, 1).in(ofSeconds(3))).id();
        long far = jobs.enqueue(JobRequest.of(NOTE, 2).in(ofHours(1))).id();
        JobType<Integer> broken = JobType.of("broken", Integer.class).retries(Backoff.constant(Duration.ZERO), 1);
        jobs.schedules().put(Schedule.of("nightly", Cron.parse("0 3 * * *"), NOTE, 7));
        Worker worker = jobs.worker(config -> config.heartbeat(BEAT)
                        .queue("default", 4)
                        .handle(NOTE, (job, number) -> runs.merge(number, 1, Integer::sum))
                        .handle(broken, (job, number) -> {
                            throw new IllegalStateException("broken for good");
                        }))
                .start();
        long dead = jobs.enqueue(broken, 0).id();
        until(() -> jobs.control().find(dead).orElseThrow().state() == JobState.DEAD);
        jobs.control().pause("other");

        restart();

        awaitReached(jobs);
        assertThat(jobs.control().find(dead).orElseThrow().error()).contains("broken for good");
        assertThat(jobs.control().find(far).orElseThrow().state()).isEqualTo(JobState.DELAYED);
        NatsJobs fresh = jobs();
        assertThat(fresh.schedules().list()).extracting(ScheduleInfo::name).containsExactly("nightly");
        until(() -> isPaused(fresh, "other"));
        assertThat(isPaused(jobs, "other")).isTrue();
        until(() -> runs.containsKey(1));
        until(() -> jobs.control().find(soon).orElseThrow().state() == JobState.SUCCEEDED);
        assertThat(jobs.control().retry(dead)).isTrue();
        until(() -> jobs.control().find(dead).orElseThrow().state() == JobState.DEAD);
        worker.close();
    }

    private static boolean isPaused(NatsJobs jobs, String queue) {
        return jobs.control().queues().stream()
                .filter(info -> info.name().equals(queue))
                .anyMatch(QueueInfo::paused);
    }

    @Test
    void saysAtOnceThatTheServerIsAwayAndThatItIsBack() {
        NatsJobs jobs = jobs();
        Worker worker = worker(jobs);
        jobs.enqueue(NOTE, 1);
        until(() -> worker.health().healthy() && runs.containsKey(1));

        node.stop();
        long stopped = System.nanoTime();

        assertThatThrownBy(() -> jobs.enqueue(NOTE, 2)).isInstanceOf(JobException.class);
        until(() -> !worker.health().healthy());
        assertThat(worker.health().problem()).isNotNull();
        long asked = System.nanoTime();
        assertThatThrownBy(() -> jobs.enqueue(NOTE, 2))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("NATS");
        assertThatThrownBy(() -> jobs.control().pause("q")).isInstanceOf(JobException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).as("at once").isLessThan(ofSeconds(1));
        until(() -> System.nanoTime() - stopped > ofSeconds(3).toNanos());
        node.startAgain();

        until(() -> worker.health().healthy());
        enqueueUntilTaken(jobs, JobRequest.of(NOTE, 3));
        until(() -> runs.containsKey(3));
        until(() -> worker.health().problem() == null);
        worker.close();
    }

    @Test
    void hearsOfPausesAfterARestart() throws Exception {
        NatsJobs jobs = jobs();
        NatsJobs other = jobs();
        jobs.enqueue(NOTE, 1);
        other.control().queues();
        Worker worker = worker(jobs);
        until(() -> runs.containsKey(1));

        restart();

        awaitReached(jobs);
        awaitReached(other);
        until(() -> {
            try {
                other.control().pause("default");
                return true;
            } catch (JobException e) {
                return false;
            }
        });
        until(() -> jobs.store().roster().isPaused("default"));
        other.control().resume("default");
        until(() -> !jobs.store().roster().isPaused("default"));
        CountDownLatch listed = new CountDownLatch(1);
        Worker late = worker(other);
        until(() -> {
            if (jobs.store().roster().workers().size() == 2) {
                listed.countDown();
            }
            return listed.getCount() == 0;
        });
        assertThat(listed.await(1, TimeUnit.SECONDS)).isTrue();
        worker.close();
        late.close();
    }

    @Test
    void refusesStreamsThatAreMadeOtherwise() throws Exception {
        try (Quiet quiet = new Quiet(node.url())) {
            quiet.make("a-work", "a.work.>", RetentionPolicy.Limits);
            quiet.make("b-later", "somebody.else.>", RetentionPolicy.Limits);
            assertThatThrownBy(() -> jobs(config -> config.namespace("a")).enqueue(NOTE, 1))
                    .isInstanceOf(JobException.class)
                    .hasMessage("stream a-work is there already with another configuration: its retention must be"
                            + " workqueue, is limits; choose another namespace, or remove that stream");
            assertThatThrownBy(() -> jobs(config -> config.namespace("b")).enqueue(NOTE, 1))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("its subjects must be [b.later.>], is [somebody.else.>]");
            assertThat(quiet.config("b-later").getSubjects()).containsExactly("somebody.else.>");
        }
    }

    @Test
    void takesOverChangedBounds() throws Exception {
        NatsJobs old = jobs(config -> config.mostWaiting(2));
        old.enqueue(NOTE, 1);
        old.enqueue(NOTE, 2);
        assertThatThrownBy(() -> old.enqueue(NOTE, 3)).isInstanceOf(JobException.class);

        NatsJobs changed = jobs(config -> config.mostWaiting(10)
                .mostKept(77)
                .keep(JobState.SUCCEEDED, ofHours(5))
                .lease(ofSeconds(2)));

        assertThat(changed.enqueue(NOTE, 3).created()).isTrue();
        assertThat(old.enqueue(NOTE, 4).created()).isTrue();
        try (Quiet quiet = new Quiet(node.url())) {
            assertThat(quiet.config("jobs-work").getMaxMsgs()).isEqualTo(10);
            assertThat(quiet.config("jobs-succeeded").getMaxAge()).isEqualTo(ofHours(5));
            assertThat(quiet.config("jobs-succeeded").getMaxMsgs()).isEqualTo(77);
            assertThat(quiet.lease("jobs-work", "default-n")).isEqualTo(ofSeconds(2));
        }
        Worker worker = worker(changed);
        until(() -> runs.size() == 4);
        worker.close();
    }

    /** The server as others see it. */
    private static final class Quiet implements AutoCloseable {
        private final Connection connection;

        Quiet(String url) {
            connection = QuietConnection.to(url);
        }

        void make(String name, String subject, RetentionPolicy retention) throws IOException, JetStreamApiException {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(name)
                            .subjects(subject)
                            .retentionPolicy(retention)
                            .storageType(StorageType.File)
                            .build());
        }

        StreamConfiguration config(String stream) throws IOException, JetStreamApiException {
            return connection.jetStreamManagement().getStreamInfo(stream).getConfiguration();
        }

        Duration lease(String stream, String consumer) throws IOException, JetStreamApiException {
            return connection
                    .jetStreamManagement()
                    .getConsumerInfo(stream, consumer)
                    .getConsumerConfiguration()
                    .getAckWait();
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
