package io.betrue.benchmarks.jobs;

import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.nats.NatsJobs;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** From the return of {@code enqueue} to the start of the handler, with nothing else to do, and with delayed and failing jobs beside it. */
final class NatsLatency {
    private static final JobType<Quick> QUICK = JobType.of("quick", Quick.class);
    private static final JobType<Quick> POISON = JobType.of("poison", Quick.class);
    private static final int JOBS = 1_000;
    private static final int WARM_UP = 300;
    private static final int MOST_MILLIS_BETWEEN = 20;
    private static final int DELAYED = 10_000;
    private static final int POISONED = 1_000;

    private final String url;
    private final int rounds;
    private final PrintStream out;

    NatsLatency(String url, int rounds, PrintStream out) {
        this.url = url;
        this.rounds = rounds;
        this.out = out;
    }

    /** What a job carries. */
    record Quick(int id) {}

    void run() throws IOException, JetStreamApiException, InterruptedException {
        out.printf("%n| ms from enqueued to handler | p50 | p95 | p99 | longest |%n|---|---|---|---|---|%n");
        double[] alone = new double[rounds];
        double[] beside = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            alone[round] = measure("alone", false);
            beside[round] = measure("beside 10,000 delayed and 1,000 poison jobs", true);
        }
        Arrays.sort(alone);
        Arrays.sort(beside);
        out.printf(
                Locale.ROOT,
                "%nmedian p99 of %d rounds: alone %.2f ms, beside the others %.2f ms, ratio %.2f%n",
                rounds,
                alone[rounds / 2],
                beside[rounds / 2],
                beside[rounds / 2] / alone[rounds / 2]);
    }

    private double measure(String what, boolean crowded)
            throws IOException, JetStreamApiException, InterruptedException {
        String namespace = "latency";
        Connection connection = Nats.connect(url);
        int all = WARM_UP + JOBS;
        AtomicLongArray started = new AtomicLongArray(all);
        CountDownLatch left = new CountDownLatch(all);
        long[] enqueued = new long[all];
        try (NatsJobs jobs = NatsJobs.create(connection, config -> config.namespace(namespace));
                Worker worker = jobs.worker(config -> config.queue("default", 16)
                        .handle(QUICK, (job, quick) -> {
                            if (started.compareAndSet(quick.id(), 0, System.nanoTime())) {
                                left.countDown();
                            }
                        })
                        .handle(POISON, (job, quick) -> {
                            throw new IllegalStateException("poison");
                        }))) {
            worker.start();
            if (crowded) {
                jobs.enqueueAll(IntStream.range(0, DELAYED)
                        .mapToObj(i -> JobRequest.of(POISON, new Quick(i)).in(Duration.ofHours(1)))
                        .toList());
                jobs.enqueueAll(IntStream.range(0, POISONED)
                        .mapToObj(i -> JobRequest.of(POISON, new Quick(i)))
                        .toList());
            }
            Latency.pause(3_000);
            RandomGenerator random = new Random(20261121);
            for (int id = 0; id < all; id++) {
                Latency.pause(random.nextInt(MOST_MILLIS_BETWEEN + 1));
                jobs.enqueue(QUICK, new Quick(id));
                enqueued[id] = System.nanoTime();
            }
            if (!left.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(left.getCount() + " jobs have not started");
            }
        } finally {
            NatsPeers.remove(connection, namespace);
            connection.close();
        }
        long[] took = new long[JOBS];
        for (int i = 0; i < JOBS; i++) {
            took[i] = Math.max(0, started.get(WARM_UP + i) - enqueued[WARM_UP + i]);
        }
        out.println("| " + what + " | " + Figures.percentiles(took) + " |");
        Arrays.sort(took);
        return (double) took[(int) Math.ceil(0.99 * JOBS) - 1] / 1e6;
    }
}
