package io.betrue.jobs.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.WorkerConfig.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What tests of one subject need. Each test gets an empty store. */
abstract class StoreContract {
    protected static final Duration BEAT = ofSeconds(10);

    private final List<StoreSession> opened = new ArrayList<>();

    /** {@return the store under test, the same during a test} */
    protected abstract JobStore store();

    /** What a listener was told. */
    protected static final class Ear implements StoreListener {
        public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void jobsWaiting(String queue) {
            heard.add("jobs " + queue);
        }

        @Override
        public void cancelled(long id) {
            heard.add("cancelled " + id);
        }

        @Override
        public void lost(long id) {
            heard.add("lost " + id);
        }

        @Override
        public void beatNow() {
            heard.add("beat");
        }

        @Override
        public void upkeepNow() {
            heard.add("upkeep");
        }

        @Override
        public void wakeUpsLost() {
            heard.add("lost");
        }

        public void await(String... words) throws InterruptedException {
            long end = System.nanoTime() + ofSeconds(10).toNanos();
            String next = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            while (!Set.of(words).contains(String.valueOf(next))) {
                assertThat(next).as("heard " + String.join(" or ", words)).isNotNull();
                next = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }

    @AfterEach
    void closeSessions() {
        opened.forEach(StoreSession::close);
    }

    protected StoreSession open(String... queues) {
        return open(new Ear(), BEAT, Map.of(), queues);
    }

    protected StoreSession open(StoreListener listener, Duration beat, Map<String, Rate> rates, String... queues) {
        StoreSession session = store().open(
                        new WorkerCard("test", queues.length == 0 ? Set.of("q") : Set.of(queues), rates, beat),
                        listener);
        opened.add(session);
        return session;
    }

    protected JobControl control() {
        return store().control();
    }

    protected static NewJob job(String payload) {
        return new NewJob(
                "t", 1, "q", 0, 3, ofSeconds(30), '"' + payload + '"', List.of(), null, null, null, null, null);
    }

    protected static NewJob keyed(String key, @Nullable Duration period) {
        return new NewJob("t", 1, "q", 0, 3, ofSeconds(30), "{}", List.of(), key, period, null, null, null);
    }

    protected static NewJob delayed(Duration delay) {
        return new NewJob("t", 1, "q", 0, 3, ofSeconds(30), "{}", List.of(), null, null, delay, null, null);
    }

    protected static NewJob typed(String type, String queue, int priority) {
        return new NewJob(type, 1, queue, priority, 3, ofSeconds(30), "{}", List.of(), null, null, null, null, null);
    }

    protected long insert(NewJob job) {
        return store().insert(List.of(job)).get(0).id();
    }

    protected static List<ClaimedJob> claim(StoreSession session, int room) {
        return session.claim(List.of(new Lane("q", room, null, Set.of())));
    }

    protected static ClaimedJob claimOne(StoreSession session) {
        List<ClaimedJob> jobs = claim(session, 1);
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    protected static List<Settlement> settle(StoreSession session, ClaimedJob job, JobOutcome outcome) {
        return session.settle(List.of(new Settlement(job, outcome)));
    }

    protected static JobOutcome failed(Duration delay) {
        return new JobOutcome.Retried(delay, new JobError("Boom", "it broke", "at x"));
    }

    protected JobState state(long id) {
        return info(id).state();
    }

    protected JobInfo info(long id) {
        return control().find(id).orElseThrow();
    }

    /** Keeps a session's upkeep going until something is so. */
    protected static void until(StoreSession session, BooleanSupplier condition) {
        long end = System.nanoTime() + ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Duration wait = session.upkeep();
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Math.min(wait.toNanos(), ofMillis(50).toNanos()));
        }
    }

    protected QueueInfo queue(String name) {
        return control().queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the same in several threads, begun at the same time. */
    protected static <T> List<T> inParallel(int threads, Part<T> part) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<List<T>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    start.await();
                    return part.run(thread);
                }));
            }
            start.countDown();
            List<T> all = new ArrayList<>();
            for (Future<List<T>> future : futures) {
                all.addAll(future.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    /** What one of several threads does. */
    @FunctionalInterface
    protected interface Part<T> {
        List<T> run(int thread) throws Exception;
    }
}
