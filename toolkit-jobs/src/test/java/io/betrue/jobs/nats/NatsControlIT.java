package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.internal.NewJob;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is seen and changed from outside, where streams do what tables do elsewhere. */
class NatsControlIT {
    private static final Limits LIMITS =
            new Limits(1, 100_000, 100_000, 100_000, Limits.keptByDefault(), Duration.ofSeconds(30));
    private Connection connection;
    private NatsStore store;
    private JobControl control;

    /** {@return the server that the tests are run against} */
    TestNats nats() {
        return TestNats.shared();
    }

    @BeforeEach
    void openStore() throws IOException, InterruptedException {
        connection = Nats.connect(nats().url());
        store = new NatsStore(connection, new Names(nats().namespace()), LIMITS, Keeper.ALARMS_FROM);
        control = store.control();
    }

    @AfterEach
    void empty() throws InterruptedException {
        store.close();
        Namespaces.remove(connection, store.names().namespace);
        connection.close();
    }

    private static NewJob job(String queue, @Nullable Duration delay) {
        return new NewJob("t", 1, queue, 0, 3, Duration.ofSeconds(30), "{}", List.of(), null, null, delay, null, null);
    }

    private long insert(String queue) {
        return store.insert(List.of(job(queue, null))).get(0).id();
    }

    private JobInfo info(long id) {
        return control.find(id).orElseThrow();
    }

    private List<Places.Place> places(long id) {
        return new Places(store).of(id);
    }

    /** Writes a job to where ended ones are, as one does who dies before it is removed from where it was. */
    private void leaveBehind(long id, String queue, JobState state) {
        Entry ended = Entry.fresh(id, job(queue, null), 0, store.clock().now())
                .ended(1, store.clock().now(), "gone", "broken", null);
        store.wire().publish(store.names().ended(state, queue, id), JobMessages.moved(ended), JobMessages.body(ended));
    }

    @Test
    void countsTheLastOfTwoPlaces() {
        long id = insert("q");
        leaveBehind(id, "q", JobState.DEAD);
        assertThat(places(id)).hasSize(2);
        assertThat(info(id).state()).isEqualTo(JobState.DEAD);
        assertThat(control.list(JobQuery.all())).extracting(JobInfo::state).containsExactly(JobState.DEAD);
        assertThat(control.retry(id)).isTrue();
        assertThat(info(id).state()).isEqualTo(JobState.QUEUED);
        assertThat(info(id).error()).isEqualTo("broken");
        assertThat(places(id)).hasSize(1);
        leaveBehind(id, "q", JobState.DEAD);
        assertThat(control.discard(id)).isTrue();
        assertThat(places(id)).isEmpty();
    }

    @Test
    void cancelsOnceWhoeverCancels() throws Exception {
        for (Duration delay : new Duration[] {null, Duration.ofHours(1)}) {
            long id = store.insert(List.of(job("q", delay))).get(0).id();
            assertThat(inParallel(8, () -> control.cancel(id))).containsOnlyOnce(true);
            assertThat(places(id)).extracting(Places.Place::state).containsExactly(JobState.CANCELLED);
            assertThat(control.events(id)).hasSize(1);
        }
    }

    @Test
    void retriesOnceWhoeverRetries() throws Exception {
        long id = insert("q");
        control.cancel(id);
        assertThat(inParallel(8, () -> control.retry(id))).containsOnlyOnce(true);
        assertThat(places(id)).extracting(Places.Place::state).containsExactly(JobState.QUEUED);
        assertThat(control.events(id))
                .extracting(JobEvent::text)
                .containsExactly("cancelled while it waited", "retried");
    }

    @RepeatedTest(10)
    void losesNoJobThatManyChangeAtOnce() throws Exception {
        long id = insert("q");
        Instant later = Instant.parse("2099-01-01T00:00:00Z");
        List<Callable<Boolean>> changes = List.of(
                () -> control.cancel(id),
                () -> control.retry(id),
                () -> control.reschedule(id, later),
                () -> control.reschedule(id, Instant.EPOCH));
        inParallel(8, () -> {
            for (int i = 0; i < 20; i++) {
                try {
                    changes.get((i + (int) Thread.currentThread().getId()) % 4).call();
                } catch (io.betrue.jobs.JobException e) {
                    assertThat(e).hasMessageContaining("moves too fast");
                }
            }
            return true;
        });
        assertThat(places(id)).hasSize(1);
    }

    private static <T> List<T> inParallel(int threads, Callable<T> part) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> all = new ArrayList<>();
            for (Future<T> done :
                    executor.invokeAll(java.util.Collections.nCopies(threads, part), 60, TimeUnit.SECONDS)) {
                all.add(done.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void walksBackWhereAStreamIsTooLargeToNameItsJobs() {
        List<Long> ids =
                store
                        .insert(IntStream.range(0, 400)
                                .mapToObj(i -> job(i % 2 == 0 ? "even" : "odd", null))
                                .toList())
                        .stream()
                        .map(made -> made.id())
                        .toList();
        Places places = new Places(store);
        Lists exact = new Lists(store, places, 400);
        Lists walking = new Lists(store, places, 10);
        JobQuery page = JobQuery.all().limit(7);
        for (JobQuery query : List.of(page, page.before(ids.get(300)), page.queue("odd"), page.limit(500))) {
            List<JobInfo> jobs = exact.list(query);
            assertThat(jobs).hasSize(query.limit() == 500 ? 400 : 7);
            assertThat(walking.list(query)).isEqualTo(jobs);
        }
        assertThat(exact.list(page)).extracting(JobInfo::id).first().isEqualTo(ids.get(399));
        assertThat(exact.list(page.queue("odd").before(ids.get(3))))
                .extracting(JobInfo::id)
                .containsExactly(ids.get(1));
    }

    @Test
    void countsWhatEndedLatelyByQueue() {
        for (int i = 0; i < 5; i++) {
            long id = insert(i < 3 ? "a.b/c:d" : "q");
            control.discard(id);
            leaveBehind(id, i < 3 ? "a.b/c:d" : "q", i == 0 ? JobState.DEAD : JobState.SUCCEEDED);
        }
        assertThat(control.rates(Duration.ofHours(1)))
                .containsExactly(new QueueRate("a.b/c:d", 2, 1), new QueueRate("q", 2, 0));
        assertThat(control.rates(Duration.ofNanos(1))).isEmpty();
    }

    @Test
    void showsAnotherProcessQueuesAndPauses() throws Exception {
        String odd = "a.b/c:d";
        insert(odd);
        insert(odd);
        store.insert(List.of(job(odd, Duration.ofHours(1)), job("later", Duration.ofHours(1))));
        control.pause(odd);
        control.pause("never-used");
        Connection another = Nats.connect(nats().url());
        try (NatsStore other = new NatsStore(another, store.names(), LIMITS, Keeper.ALARMS_FROM)) {
            List<QueueInfo> queues = other.control().queues();
            assertThat(queues).extracting(QueueInfo::name).contains(odd, "later");
            QueueInfo queue = queues.get(0);
            assertThat(List.of(queue.queued(), queue.delayed(), queue.running()))
                    .containsExactly(2L, 1L, 0L);
            assertThat(queue.oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            other.control().resume("later");
            other.control().resume("never-used");
            assertThat(other.roster().isPaused("never-used")).isFalse();
        } finally {
            another.close();
        }
        control.resume(odd);
        control.resume("never-used");
        assertThat(control.queues()).noneMatch(QueueInfo::paused).hasSize(2);
    }

    @Test
    void goesOnWithAQueueThatWasResumedWhileItWasAwayForSoLongThatNothingTellsOfIt() throws Exception {
        control.pause("q");
        control.pause("other");
        store.wire().purge("KV_" + store.names().control, "$KV." + store.names().control + ".pause.q");
        assertThat(store.roster().isPaused("q")).isTrue();

        connection.forceReconnect();

        Keeper.until(() -> !store.roster().isPaused("q"));
        assertThat(store.roster().paused()).containsExactly("other");
    }

    @Test
    void keepsTheLastThousandLinesOfATimeline() {
        long id = insert("q");
        List<CompletableFuture<?>> lines = new ArrayList<>();
        for (int i = 0; i < 1_003; i++) {
            lines.add(store.events().send(id, 1, JobEvent.Kind.LOG, "line " + i, null));
        }
        lines.forEach(line -> Wire.await("keep a line", line));
        store.events().add(id, 2, JobEvent.Kind.ERROR, "Boom", "at x");
        List<JobEvent> events = control.events(id);
        assertThat(events).hasSize(1_000);
        assertThat(events.get(0).text()).isEqualTo("line 4");
        JobEvent last = events.get(999);
        assertThat(last).isEqualTo(new JobEvent(last.at(), 2, JobEvent.Kind.ERROR, "Boom", "at x"));
        assertThat(control.discard(id)).isTrue();
        assertThat(control.events(id)).isEmpty();
    }
}
