package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.NatsCluster;
import io.betrue.testsupport.NatsNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Delayed jobs while their server becomes another release, is killed, or is one of three. */
class NatsReleasesIT {
    private static final JobType<Integer> NOTE = JobType.of("note", Integer.class);

    private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();

    private static NatsJobs jobs(String url, int replicas) {
        return NatsJobs.connect(
                url, config -> config.lease(ofSeconds(2)).replicas(replicas).alarmsFrom(ofSeconds(1)));
    }

    private Worker worker(NatsJobs jobs) {
        return jobs.worker(config -> config.heartbeat(ofMillis(500))
                        .queue("default", 4)
                        .handle(NOTE, (job, number) -> runs.merge(number, 1, Integer::sum)))
                .start();
    }

    private static boolean isTaken(NatsJobs jobs, JobRequest<?> request) {
        try {
            jobs.enqueue(request);
            return true;
        } catch (JobException e) {
            return false;
        }
    }

    @Test
    void jobsThatWaitedWhenTheServerWasRaisedRunAtTheirTime() {
        try (NatsNode node = NatsNode.start(NatsRelease.USUAL);
                NatsJobs jobs = jobs(node.url(), 1);
                Worker worker = worker(jobs)) {
            long far = jobs.enqueue(JobRequest.of(NOTE, 0).in(ofHours(1))).id();
            jobs.enqueue(JobRequest.of(NOTE, 1).in(ofSeconds(4)));

            node.stop();
            node.startAgain(NatsRelease.SCHEDULES);

            until(() -> jobs.store().alarms().areKept());
            jobs.enqueue(JobRequest.of(NOTE, 2).in(ofSeconds(2)));
            until(() -> runs.keySet().containsAll(Set.of(1, 2)));
            assertThat(jobs.control().find(far).orElseThrow().state()).isEqualTo(JobState.DELAYED);
            assertThat(runs.values()).containsOnly(1);
            assertThat(worker.health().healthy()).isTrue();
        }
    }

    @Test
    void aServerThatMisreadsTheFilesOfANewerOneIsRefusedOthersGoOn() {
        try (NatsNode node = NatsNode.start(NatsRelease.SCHEDULES);
                NatsJobs jobs = jobs(node.url(), 1);
                Worker worker = worker(jobs)) {
            jobs.enqueue(NOTE, 0);
            jobs.enqueue(JobRequest.of(NOTE, 1).in(ofMillis(100)));
            until(() -> runs.keySet().containsAll(Set.of(0, 1)));
            until(() -> worker.health().running() == 0);

            node.stop();
            node.startAgain(NatsRelease.USUAL);

            String[] refusal = {""};
            until(() -> {
                try {
                    jobs.enqueue(JobRequest.of(NOTE, 2).in(ofSeconds(1)));
                    return true;
                } catch (JobException e) {
                    refusal[0] = String.valueOf(e.getMessage());
                    return refusal[0].contains("misreads");
                }
            });
            if (jobs.store().wire().connection.getServerInfo().isOlderThanVersion("2.10.0")) {
                assertThat(refusal[0]).contains("which a newer one has written");
                node.stop();
                node.startAgain(NatsRelease.SCHEDULES);
                until(() -> isTaken(jobs, JobRequest.of(NOTE, 2)));
                until(() -> runs.containsKey(2));
            } else {
                until(() -> runs.containsKey(2));
            }
        }
    }

    @Test
    void aKilledServerForgetsNoJobThatWaits() {
        try (NatsNode node = NatsNode.start(NatsRelease.SCHEDULES);
                NatsJobs jobs = jobs(node.url(), 1);
                Worker worker = worker(jobs)) {
            for (int i = 0; i < 200; i++) {
                jobs.enqueue(JobRequest.of(NOTE, i).in(ofMillis(1_200 + i * 15)));
            }
            until(() -> runs.size() > 50);

            node.kill();
            node.startAgain();

            until(() -> runs.size() == 200);
            until(() -> jobs.control().queues().stream()
                    .allMatch(queue -> queue.queued() + queue.delayed() + queue.running() == 0));
            assertThat(worker.health().healthy()).isTrue();
        }
    }

    @Test
    void threeServersTellOfDelayedJobsAlsoWhenTheOneIsKilledThatLeadsTheirAlarms() {
        try (NatsCluster cluster = NatsCluster.start(NatsRelease.SCHEDULES);
                NatsJobs jobs = jobs(String.join(",", cluster.urls()), 3)) {
            until(() -> isTaken(jobs, JobRequest.of(NOTE, -1)));
            try (Worker worker = worker(jobs)) {
                assertThat(jobs.store().alarms().areKept()).isTrue();
                for (int i = 0; i < 50; i++) {
                    jobs.enqueue(JobRequest.of(NOTE, i).in(ofMillis(2_000 + i * 20)));
                }
                until(() -> runs.size() > 5);

                cluster.leaderOf("jobs-alarms").kill();

                until(() -> runs.size() == 51);
                until(() -> worker.health().healthy());
            }
        }
    }
}
