package io.betrue.benchmarks.jobs;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.nats.NatsJobs;
import io.betrue.jobs.nats.NatsJobsConfig;
import io.betrue.testsupport.NatsNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A server that is killed again and again and started again, while four threads enqueue and a worker runs. */
final class NatsFaults {
    private static final JobType<Integer> NOTE =
            JobType.of("note", Integer.class).retries(Backoff.constant(Duration.ZERO), 10);
    private static final JobType<Integer> HELD =
            JobType.of("held", Integer.class).queue("held");
    private static final int THREADS = 4;
    private static final int STEP = 10_000_000;
    private static final int MOST_LISTED = 50;
    private static final double LONGEST_LEFT = 45; // seconds; a lease has 30
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final NatsNode node;
    private final Consumer<NatsJobsConfig> config;
    private final int kills;
    private final int keys;
    private final int between;
    private final PrintStream out;
    private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    NatsFaults(NatsNode node, boolean quick, boolean history, PrintStream out) {
        this.node = node;
        this.config = history ? config -> {} : config -> config.keep(JobState.SUCCEEDED, Duration.ZERO);
        this.kills = quick ? 2 : 10;
        this.keys = quick ? 20 : 100;
        this.between = quick ? 200 : 2_000;
        this.out = out;
    }

    /** {@return whether nothing was lost, each key was held by one job, and no ended job was still shown at the end} */
    boolean run() throws InterruptedException {
        try (NatsJobs producer = NatsJobs.connect(node.url(), config);
                NatsJobs jobs = NatsJobs.connect(node.url(), config);
                Worker worker = jobs.worker(of ->
                        of.queue("default", 50).handle(NOTE, (job, number) -> runs.merge(number, 1, Integer::sum)))) {
            Map<Integer, Set<Long>> holders = new ConcurrentHashMap<>();
            holdKeys(producer, holders);
            worker.start();
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int base = thread * STEP;
                threads.add(new Thread(() -> enqueue(producer, base), "producer-" + thread));
            }
            threads.forEach(Thread::start);
            List<Double> recoveries = new ArrayList<>();
            for (int kill = 1; kill <= kills; kill++) {
                int taken = acknowledged.size();
                await("jobs are taken", () -> acknowledged.size() >= taken + between);
                recoveries.add(killOnce(kill));
                holdKeys(producer, holders);
            }
            over.set(true);
            for (Thread thread : threads) {
                thread.join(LIMIT.toMillis());
            }
            await("all have run", () -> runs.keySet().containsAll(acknowledged));
            boolean clean = isCleanInTime(producer);
            return report(recoveries, holders) && clean;
        }
    }

    /** Waits until no job is shown any more, in lists and numbers, though nothing is enqueued: each has ended. */
    private boolean isCleanInTime(NatsJobs jobs) throws InterruptedException {
        JobQuery waiting = JobQuery.all().queue("default").states(JobState.QUEUED, JobState.RUNNING);
        long since = System.nanoTime();
        int listed;
        long counted;
        do {
            listed = jobs.control().list(waiting).size();
            counted = jobs.control().queues().stream()
                    .filter(queue -> queue.name().equals("default"))
                    .mapToLong(queue -> queue.queued() + queue.running())
                    .sum();
            TimeUnit.MILLISECONDS.sleep(100);
        } while (listed + counted > 0 && seconds(since) < LONGEST_LEFT);
        out.printf(
                Locale.ROOT,
                "%s jobs still listed as waiting, %d counted, %.1f s after the last had run%n",
                listed < MOST_LISTED ? listed : "at least " + listed,
                counted,
                seconds(since));
        return listed + counted == 0;
    }

    private void enqueue(NatsJobs jobs, int base) {
        for (int number = base; !over.get(); number++) {
            try {
                jobs.enqueue(NOTE, number);
                acknowledged.add(number);
            } catch (JobException e) {
                refused.incrementAndGet();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wants each key; its job waits in a queue that nobody works on, so that every answer must name the same job. */
    private void holdKeys(NatsJobs jobs, Map<Integer, Set<Long>> holders) throws InterruptedException {
        for (int key = 0; key < keys; key++) {
            int wanted = key;
            await("a key is answered", () -> {
                try {
                    EnqueuedJob held = jobs.enqueue(JobRequest.of(HELD, wanted).uniqueKey("key-" + wanted));
                    holders.computeIfAbsent(wanted, none -> new HashSet<>()).add(held.id());
                    return true;
                } catch (JobException e) {
                    return false;
                }
            });
        }
    }

    private double killOnce(int kill) throws InterruptedException {
        node.kill();
        node.startAgain();
        long since = System.nanoTime();
        int taken = acknowledged.size();
        await("a job is taken", () -> acknowledged.size() > taken);
        double enqueued = seconds(since);
        Set<Integer> before = Set.copyOf(runs.keySet());
        await("a job is run", () -> runs.size() > before.size());
        double run = seconds(since);
        out.printf(
                Locale.ROOT, "kill %d: a job is taken after %.2f s, a new one run after %.2f s%n", kill, enqueued, run);
        return Math.max(enqueued, run);
    }

    private static double seconds(long since) {
        return (double) (System.nanoTime() - since) / 1e9;
    }

    private boolean report(List<Double> recoveries, Map<Integer, Set<Long>> holders) {
        long lost = acknowledged.stream()
                .filter(number -> !runs.containsKey(number))
                .count();
        long twice = runs.values().stream().filter(count -> count > 1).count();
        long unanswered = runs.keySet().stream()
                .filter(number -> !acknowledged.contains(number))
                .count();
        long single = holders.values().stream().filter(ids -> ids.size() == 1).count();
        out.printf(
                Locale.ROOT,
                "%d x kill -9: %,d acknowledged, %,d run, %d lost, %d run twice, %d run though not acknowledged, %,d refused,"
                        + " %d of %d unique keys held by one job, going on again after %.2f to %.2f s%n",
                kills,
                acknowledged.size(),
                runs.size(),
                lost,
                twice,
                unanswered,
                refused.get(),
                single,
                keys,
                recoveries.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                recoveries.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        return lost == 0 && single == keys;
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + LIMIT + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
