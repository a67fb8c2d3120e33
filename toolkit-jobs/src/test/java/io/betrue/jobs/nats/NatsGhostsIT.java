package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that brings removed messages back, and whose consumers will never deliver them. */
class NatsGhostsIT {
    private static final JobType<Integer> NOTE =
            JobType.of("note", Integer.class).retries(Backoff.constant(Duration.ZERO), 5);
    private static final JobQuery LEFT =
            JobQuery.all().states(JobState.QUEUED, JobState.RUNNING, JobState.DELAYED, JobState.DEAD);
    private static final int HELD = -1;

    private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final List<NatsJobs> opened = new ArrayList<>();
    private NatsNode node;
    private @Nullable Connection quiet;

    @BeforeEach
    void start() {
        node = NatsNode.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        held.countDown();
        if (quiet != null) {
            quiet.close();
        }
        opened.forEach(NatsJobs::close);
        node.close();
    }

    private NatsJobs jobs(Consumer<NatsJobsConfig> more) {
        NatsJobs jobs = NatsJobs.connect(node.url(), config -> {
            config.lease(ofSeconds(2));
            more.accept(config);
        });
        opened.add(jobs);
        return jobs;
    }

    private static void noHistory(NatsJobsConfig config) {
        config.keep(JobState.SUCCEEDED, Duration.ZERO);
    }

    private Worker worker(NatsJobs jobs) {
        return jobs.worker(config -> config.heartbeat(ofMillis(300))
                        .queue("default", 4)
                        .handle(NOTE, (job, number) -> {
                            runs.merge(number, 1, Integer::sum);
                            if (number == HELD) {
                                held.await();
                            }
                        }))
                .start();
    }

    private static void enqueue(NatsJobs jobs, int from, int count) {
        jobs.enqueueAll(Stream.iterate(from, number -> number + 1)
                .limit(count)
                .map(number -> JobRequest.of(NOTE, number))
                .toList());
    }

    /** Keeps what the stream of jobs that are due has now. */
    private Path keepMessages() throws IOException {
        node.stop();
        Path kept = Files.createTempDirectory("betrue-messages-");
        copy(messages(), kept);
        node.startAgain();
        return kept;
    }

    /** Gives the stream the messages that it had before; its consumers know what they have delivered and heard since. */
    private void bringBack(Path kept) throws IOException {
        node.stop();
        Path messages = messages();
        delete(messages);
        copy(kept, messages);
        delete(kept);
        node.startAgain();
    }

    private Path messages() throws IOException {
        try (Stream<Path> all = Files.walk(node.store())) {
            return all.filter(path -> path.endsWith(Path.of("jobs-work", "msgs")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (!Files.isDirectory(target)) {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Takes jobs as no worker does, and acknowledges all from one on. */
    private void takeAndAcknowledge(int count, int from) throws Exception {
        JetStreamSubscription taking =
                quiet().jetStream().subscribe(null, PullSubscribeOptions.bind("jobs-work", "default-n"));
        List<Message> taken = taking.fetch(count, ofSeconds(5));
        assertThat(taken).hasSize(count);
        for (Message message : taken.subList(from, count)) {
            message.ackSync(ofSeconds(5));
        }
        taking.unsubscribe();
    }

    private Connection quiet() throws InterruptedException {
        if (quiet != null) {
            quiet.close();
        }
        quiet = QuietConnection.to(node.url());
        return quiet;
    }

    private static boolean nothingIsLeft(NatsJobs jobs) {
        try {
            return jobs.control().list(LEFT).isEmpty()
                    && jobs.control().queues().stream().allMatch(queue -> queue.queued() + queue.running() == 0);
        } catch (JobException e) {
            return false;
        }
    }

    @Test
    void removesWhatHasEnded() throws Exception {
        NatsJobs jobs = jobs(config -> {});
        enqueue(jobs, 0, 5);
        Path kept = keepMessages();
        Worker worker = worker(jobs);
        until(() -> runs.size() == 5 && nothingIsLeft(jobs));
        worker.close();

        bringBack(kept);

        NatsJobs fresh = jobs(config -> {});
        until(() -> fresh.control().list(LEFT).size() == 5);
        worker(fresh);
        until(() -> nothingIsLeft(fresh));
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void removesWhatWasAcknowledgedBeforeAnOutageWhereNoHistoryIsKept() throws Exception {
        NatsJobs jobs = jobs(NatsGhostsIT::noHistory);
        enqueue(jobs, 0, 5);
        Path kept = keepMessages();
        Worker worker = worker(jobs);
        until(() -> runs.size() == 5 && nothingIsLeft(jobs));
        worker.close();

        bringBack(kept);

        worker(jobs);
        until(() -> nothingIsLeft(jobs));
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void removesWhatAWorkerRemembersWhileALongJobHoldsTheOthersUp() throws Exception {
        NatsJobs jobs = jobs(NatsGhostsIT::noHistory);
        enqueue(jobs, HELD, 6);
        Path kept = keepMessages();
        worker(jobs);
        until(() -> runs.size() == 6 && jobs.control().list(LEFT).size() == 1);

        bringBack(kept);

        until(() -> {
            try {
                return jobs.control().list(LEFT).size() == 1;
            } catch (JobException e) {
                return false;
            }
        });
        held.countDown();
        until(() -> nothingIsLeft(jobs));
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void runsWhatTheServerTakesForDoneAndHasNotEnded() throws Exception {
        NatsJobs jobs = jobs(config -> {});
        enqueue(jobs, 0, 3);
        Path kept = keepMessages();
        takeAndAcknowledge(3, 0);

        bringBack(kept);

        worker(jobs);
        until(() -> runs.size() == 3 && nothingIsLeft(jobs));
        assertThat(runs.values()).containsOnly(1);
        assertThat(jobs.control().list(JobQuery.all().states(JobState.SUCCEEDED)))
                .hasSize(3)
                .allSatisfy(job -> assertThat(jobs.control().events(job.id()))
                        .anySatisfy(event -> assertThat(event.text()).isEqualTo("NATS had lost track of it")));
    }

    @Test
    void runsWhatMayNotHaveEndedWhereNobodyCanTell() throws Exception {
        NatsJobs jobs = jobs(NatsGhostsIT::noHistory);
        enqueue(jobs, 0, 3);
        Path kept = keepMessages();
        takeAndAcknowledge(3, 0);

        bringBack(kept);

        NatsJobs fresh = jobs(NatsGhostsIT::noHistory);
        worker(fresh);
        until(() -> runs.size() == 3 && nothingIsLeft(fresh));
    }

    @Test
    void runsWhatTheServerHasLostTrackOfWhileALongJobHoldsTheOthersUp() throws Exception {
        NatsJobs jobs = jobs(config -> {});
        enqueue(jobs, HELD, 3);
        Path kept = keepMessages();
        takeAndAcknowledge(3, 1);

        bringBack(kept);

        worker(jobs);
        until(() -> runs.size() == 3);
        held.countDown();
        until(() -> nothingIsLeft(jobs));
        assertThat(runs.values()).containsOnly(1);
    }

    @Test
    void removesWhatKillsUnderLoadBringBackWhileALongJobHoldsTheOthersUp() throws Exception {
        NatsJobs jobs = jobs(config -> {});
        enqueue(jobs, HELD, 1);
        worker(jobs);
        int kills = 0;
        int broughtBack = 0;
        while (broughtBack == 0 && kills < 10) {
            int from = kills++ * 10_000;
            int before = runs.size();
            enqueue(jobs, from, 2_000);
            until(() -> runs.size() > before + 1_000);
            node.kill();
            node.startAgain();
            broughtBack = endedAmongDue();
            until(() -> runs.size() >= before + 2_000);
        }
        assertThat(broughtBack)
                .as("jobs that %d kills have brought back", kills)
                .isPositive();
        until(() -> jobs.control().list(LEFT).size() == 1);
        held.countDown();
        until(() -> nothingIsLeft(jobs));
    }

    /** {@return how many of the first jobs that are due have ended} */
    private int endedAmongDue() throws Exception {
        JetStreamManagement management = quiet().jetStreamManagement();
        int ended = 0;
        long from = 1;
        for (int i = 0; i < 20 && ended == 0; i++) {
            MessageInfo due = management.getNextMessage("jobs-work", from, "jobs.work.default.n.*");
            from = due.getSeq() + 1;
            try {
                management.getLastMessage(
                        "jobs-succeeded", "jobs.succeeded.default." + Names.id(String.valueOf(due.getSubject())));
                ended++;
            } catch (JetStreamApiException e) {
                // it has not ended
            }
        }
        return ended;
    }
}
