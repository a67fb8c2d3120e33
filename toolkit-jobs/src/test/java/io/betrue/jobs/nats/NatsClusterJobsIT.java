package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.NatsCluster;
import io.betrue.testsupport.NatsNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Three servers that keep three copies, of which the one is killed that leads. */
class NatsClusterJobsIT {
    private static final JobType<Integer> NOTE =
            JobType.of("note", Integer.class).retries(Backoff.constant(Duration.ZERO), 5);

    private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();

    private static NatsJobs jobs(NatsCluster cluster) {
        return NatsJobs.connect(
                String.join(",", cluster.urls()), config -> config.replicas(3).lease(ofSeconds(2)));
    }

    private Worker worker(NatsJobs jobs) {
        return jobs.worker(config -> config.heartbeat(ofMillis(500))
                        .queue("default", 4)
                        .handle(NOTE, (job, number) -> runs.merge(number, 1, Integer::sum)))
                .start();
    }

    private void enqueue(NatsJobs jobs, int base) {
        for (int number = base; !over.get(); number++) {
            try {
                jobs.enqueue(NOTE, number);
                acknowledged.add(number);
            } catch (JobException e) {
                // not acknowledged
            }
        }
    }

    @Test
    void losesNothingWhenTheLeaderOfTheJobsIsKilledAndGoesOn() throws Exception {
        try (NatsCluster cluster = NatsCluster.start();
                NatsJobs producer = jobs(cluster);
                NatsJobs one = jobs(cluster);
                NatsJobs two = jobs(cluster)) {
            until(() -> isTaken(producer));
            try (Worker first = worker(one);
                    Worker second = worker(two)) {
                until(() -> runs.containsKey(-1));
                List<Thread> threads = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    int base = thread * 1_000_000;
                    threads.add(new Thread(() -> enqueue(producer, base)));
                }
                threads.forEach(Thread::start);
                until(() -> acknowledged.size() > 100 && runs.size() > 100);
                NatsNode leader = cluster.leaderOf("jobs-work");

                leader.kill();

                int taken = acknowledged.size();
                int run = runs.size();
                until(() -> acknowledged.size() > taken + 100 && runs.size() > run + 100);
                over.set(true);
                for (Thread thread : threads) {
                    thread.join(ofSeconds(20).toMillis());
                    assertThat(thread.isAlive()).isFalse();
                }
                until(() -> runs.keySet().containsAll(acknowledged));
                until(() -> first.health().healthy() && second.health().healthy());
                assertThat(producer.control().list(JobQuery.all().states(JobState.DEAD)))
                        .isEmpty();
            }
        }
    }

    /** The streams are made by the first job, with a copy on each server. */
    private static boolean isTaken(NatsJobs jobs) {
        try {
            jobs.enqueue(NOTE, -1);
            return true;
        } catch (JobException e) {
            return false;
        }
    }
}
