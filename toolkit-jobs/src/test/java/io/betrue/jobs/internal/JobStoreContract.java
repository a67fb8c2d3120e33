package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.WorkerConfig.Rate;
import io.betrue.jobs.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
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
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every place that keeps jobs must do. Each test gets an empty store. */
public abstract class JobStoreContract {
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
    void givesTheHigherPriorityFirstThenTheOlder() {
        long low = insert(typed("t", "q", -5));
        long first = insert(typed("t", "q", 0));
        long second = insert(typed("t", "q", 0));
        long high = insert(typed("t", "q", 9));
        StoreSession session = open();
        assertThat(claim(session, 3)).extracting(ClaimedJob::id).containsExactly(high, first, second);
        assertThat(claim(session, 3)).extracting(ClaimedJob::id).containsExactly(low);
        assertThat(claim(session, 3)).isEmpty();
    }

    @Test
    void givesNoJobTwiceAndNoneToOtherQueues() throws Exception {
        store().insert(IntStream.range(0, 2_000).mapToObj(i -> job("" + i)).toList());
        insert(typed("t", "other", 0));
        List<StoreSession> sessions = List.of(open(), open(), open(), open());
        List<Long> all = inParallel(4, thread -> {
            List<Long> mine = new ArrayList<>();
            List<ClaimedJob> jobs = claim(sessions.get(thread), 37);
            while (!jobs.isEmpty()) {
                jobs.forEach(job -> mine.add(job.id()));
                jobs = claim(sessions.get(thread), 37);
            }
            return mine;
        });
        assertThat(all).hasSize(2_000).doesNotHaveDuplicates();
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
    void makesOneJobOfThirtyTwoThreadsWithOneKey() throws Exception {
        List<Long> ids = inParallel(32, thread -> List.of(insert(keyed("t:one", null))));
        assertThat(Set.copyOf(ids)).hasSize(1);
        assertThat(claim(open(), 10)).hasSize(1);
    }

    @Test
    void freesAKeyWhenItsJobEnds() {
        long first = insert(keyed("t:k", null));
        assertThat(store().insert(List.of(keyed("t:k", null)))).containsExactly(new EnqueuedJob(first, false));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(insert(keyed("t:k", null))).isEqualTo(first);
        settle(session, job, failed(ofHours(1)));
        assertThat(insert(keyed("t:k", null))).as("between attempts").isEqualTo(first);
        control().retry(first);
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        EnqueuedJob next = store().insert(List.of(keyed("t:k", null))).get(0);
        assertThat(next.created()).isTrue();
        assertThat(next.id()).isNotEqualTo(first);
    }

    @Test
    void keepsAKeyForItsPeriodWhateverBecameOfTheJob() {
        long first = insert(keyed("t:day", ofDays(1)));
        long brief = insert(keyed("t:brief", ofMillis(50)));
        StoreSession session = open();
        claim(session, 2).forEach(job -> settle(session, job, new JobOutcome.Succeeded(null)));
        assertThat(store().insert(List.of(keyed("t:day", ofDays(1))))).containsExactly(new EnqueuedJob(first, false));
        until(
                session,
                () -> store().insert(List.of(keyed("t:brief", ofMillis(50))))
                                .get(0)
                                .id()
                        != brief);
    }

    @Test
    void countsTheFirstOfABulkWithRepeatedKeys() {
        List<EnqueuedJob> made = store().insert(List.of(
                keyed("t:a", null), job("x"), keyed("t:b", null), keyed("t:a", null), keyed("t:b", null), job("y")));
        assertThat(made).extracting(EnqueuedJob::created).containsExactly(true, true, true, false, false, true);
        assertThat(made.get(3).id()).isEqualTo(made.get(0).id());
        assertThat(made.get(4).id()).isEqualTo(made.get(2).id());
        assertThat(claim(open(), 10)).hasSize(4);
    }

    @Test
    void takesOverlappingBulksOfKeysAtTheSameTime() throws Exception {
        List<Long> ids = inParallel(8, thread -> {
            List<NewJob> jobs = new ArrayList<>(IntStream.range(0, 1_500)
                    .mapToObj(i -> keyed("t:" + i, null))
                    .toList());
            java.util.Collections.shuffle(jobs, new java.util.Random(thread));
            return store().insert(jobs).stream().map(EnqueuedJob::id).toList();
        });
        assertThat(Set.copyOf(ids)).hasSize(1_500);
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

    @Test
    void passesOverPausedQueuesUntilTheyAreResumed() {
        insert(job("x"));
        StoreSession session = open();
        control().pause("q");
        control().pause("q");
        assertThat(claim(session, 1)).isEmpty();
        assertThat(session.beat(false, 0).paused()).containsExactly("q");
        assertThat(queue("q").paused()).isTrue();
        control().resume("q");
        assertThat(session.beat(false, 0).paused()).isEmpty();
        assertThat(claim(session, 1)).hasSize(1);
    }

    @Test
    void givesOnlyTheTypesOfALane() {
        insert(typed("a", "q", 0));
        long b = insert(typed("b", "q", 0));
        long c = insert(typed("c", "q", 0));
        StoreSession session = open();
        assertThat(session.claim(List.of(new Lane("q", 5, null, Set.of("a", "b")))))
                .extracting(ClaimedJob::id)
                .containsExactly(c);
        assertThat(session.claim(List.of(new Lane("q", 5, "b", Set.of()), new Lane("q", 5, "z", Set.of()))))
                .extracting(ClaimedJob::id)
                .containsExactly(b);
        assertThat(session.claim(List.of(new Lane("q", 1, null, Set.of("b")), new Lane("q", 1, "b", Set.of()))))
                .extracting(ClaimedJob::type)
                .containsExactly("a");
    }

    @Test
    void holdsOneRateOverAllSessions() throws Exception {
        store().insert(IntStream.range(0, 50).mapToObj(i -> job("" + i)).toList());
        Map<String, Rate> rates = Map.of("q", new Rate(10, ofHours(10)));
        List<StoreSession> sessions = List.of(open(new Ear(), BEAT, rates, "q"), open(new Ear(), BEAT, rates, "q"));
        List<Long> started = inParallel(2, thread -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                claim(sessions.get(thread), 3).forEach(job -> mine.add(job.id()));
            }
            return mine;
        });
        assertThat(started).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void saysWhenARateLetsMoreStart() throws Exception {
        store().insert(List.of(job("1"), job("2"), job("3")));
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of("q", new Rate(1, ofMillis(200))), "q");
        assertThat(claim(session, 2)).hasSize(1);
        assertThat(claim(session, 2)).isEmpty();
        ear.heard.clear();
        ear.await("jobs q");
        until(session, () -> claim(session, 1).size() == 1);
    }

    @Test
    void endsWell() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(settle(session, job, new JobOutcome.Succeeded("{\"sum\":3}")))
                .isEmpty();
        JobInfo info = info(id);
        assertThat(info.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(info.result()).isEqualTo("{\"sum\":3}");
        assertThat(info.worker()).isEqualTo("test");
        assertThat(info.finishedAt()).isAfterOrEqualTo(info.startedAt());
        assertThat(claim(session, 1)).isEmpty();
    }

    @Test
    void retriesAtOnceOrLaterWithTheErrorKept() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob first = claimOne(session);
        assertThat(settle(session, first, failed(ZERO))).isEmpty();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        ClaimedJob second = claimOne(session);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.lease()).isGreaterThan(first.lease());
        assertThat(settle(session, second, failed(ofHours(1)))).isEmpty();
        JobInfo info = info(id);
        assertThat(info.state()).isEqualTo(JobState.DELAYED);
        assertThat(info.error()).contains("Boom").contains("it broke");
        assertThat(control().events(id))
                .extracting(JobEvent::kind, JobEvent::attempt, JobEvent::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(JobEvent.Kind.ERROR, 1, "at x"),
                        org.assertj.core.groups.Tuple.tuple(JobEvent.Kind.ERROR, 2, "at x"));
    }

    @Test
    void givesTheAttemptBackWhenSnoozedOrReleased() {
        long id = insert(job("x"));
        StoreSession session = open();
        assertThat(settle(session, claimOne(session), new JobOutcome.Released()))
                .isEmpty();
        assertThat(info(id).attempt()).isZero();
        assertThat(control().events(id)).isEmpty();
        ClaimedJob again = claimOne(session);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(settle(session, again, new JobOutcome.Snoozed(ZERO))).isEmpty();
        ClaimedJob third = claimOne(session);
        assertThat(third.attempt()).isEqualTo(1);
        assertThat(third.lease()).isGreaterThan(again.lease());
        assertThat(settle(session, third, new JobOutcome.Snoozed(ofHours(1)))).isEmpty();
        assertThat(info(id).state()).isEqualTo(JobState.DELAYED);
        assertThat(info(id).attempt()).isZero();
        assertThat(control().events(id)).extracting(JobEvent::kind).containsOnly(JobEvent.Kind.SNOOZED);
    }

    @Test
    void givesBackWhatItsWorkerNeverHeardOf() {
        StoreSession session = open();
        StoreSession other = open();
        insert(job("known"));
        insert(job("others"));
        ClaimedJob known = claimOne(session);
        claimOne(other);
        long lost = insert(job("lost"));
        ClaimedJob unheard = claimOne(session);

        session.giveBackAllBut(Set.of(known.id()));

        assertThat(state(known.id())).isEqualTo(JobState.RUNNING);
        assertThat(control().list(JobQuery.all().states(JobState.RUNNING))).hasSize(2);
        assertThat(info(lost).attempt()).isZero();
        assertThat(settle(session, unheard, new JobOutcome.Succeeded(null))).hasSize(1);
        ClaimedJob again = claimOne(session);
        assertThat(again.id()).isEqualTo(lost);
        assertThat(again.attempt()).isEqualTo(1);
        session.giveBackAllBut(Set.of());
        assertThat(control().list(JobQuery.all().states(JobState.RUNNING))).hasSize(1);
    }

    @Test
    void diesOrIsCancelledForGood() {
        long dead = insert(job("x"));
        long cancelled = insert(job("y"));
        StoreSession session = open();
        List<ClaimedJob> jobs = claim(session, 2);
        assertThat(session.settle(List.of(
                        new Settlement(jobs.get(0), new JobOutcome.Died(new JobError("Boom", "for good", "at y"))),
                        new Settlement(jobs.get(1), new JobOutcome.Cancelled("no longer wanted")))))
                .isEmpty();
        assertThat(info(dead).state()).isEqualTo(JobState.DEAD);
        assertThat(info(dead).error()).isEqualTo("Boom: for good");
        assertThat(info(cancelled).state()).isEqualTo(JobState.CANCELLED);
        assertThat(info(cancelled).error()).isEqualTo("no longer wanted");
    }

    @Test
    void settlesAMixOfHundredsAtOnce() {
        store().insert(IntStream.range(0, 500).mapToObj(i -> job("" + i)).toList());
        StoreSession session = open();
        List<ClaimedJob> jobs = claim(session, 500);
        List<Settlement> all = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            all.add(new Settlement(
                    jobs.get(i),
                    switch (i % 5) {
                        case 0 -> new JobOutcome.Succeeded(i % 2 == 0 ? null : "1");
                        case 1 -> failed(ZERO);
                        case 2 -> failed(ofHours(1));
                        case 3 -> new JobOutcome.Released();
                        default -> new JobOutcome.Died(new JobError("Boom", "", null));
                    }));
        }
        assertThat(session.settle(all)).isEmpty();
        QueueInfo queue = queue("q");
        assertThat(queue.queued()).isEqualTo(200);
        assertThat(queue.delayed()).isEqualTo(100);
        assertThat(queue.running()).isZero();
        assertThat(session.settle(all)).as("the second time").hasSize(400);
    }

    @Test
    void refusesALeaseThatHasPassed() {
        long id = insert(job("x"));
        StoreSession session = open();
        StoreSession other = open();
        ClaimedJob first = claimOne(session);
        settle(session, first, failed(ZERO));
        ClaimedJob again = claimOne(session);
        for (JobOutcome outcome : List.of(
                new JobOutcome.Succeeded(null),
                failed(ZERO),
                new JobOutcome.Released(),
                new JobOutcome.Cancelled("x"))) {
            assertThat(settle(session, first, outcome))
                    .extracting(Settlement::job)
                    .containsExactly(first);
            assertThat(settle(other, again, outcome)).as("by another worker").hasSize(1);
        }
        session.report(List.of(new Report(first, 0.5, "stale", List.of("stale"))));
        assertThat(info(id).state()).isEqualTo(JobState.RUNNING);
        assertThat(info(id).progress()).isNull();
        assertThat(settle(session, again, new JobOutcome.Succeeded(null))).isEmpty();
    }

    @Test
    void takesTheSameSuccessTwice() {
        insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(settle(session, job, new JobOutcome.Succeeded(null))).isEmpty();
        assertThat(settle(session, job, new JobOutcome.Succeeded(null)))
                .as("the answer was lost")
                .isEmpty();
    }

    @Test
    void showsProgressAndLines() {
        long id = insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        session.report(List.of(new Report(job, 0.25, "begun", List.of("one", "two"))));
        session.report(List.of(new Report(job, 0.5, null, List.of())));
        session.report(List.of(new Report(job, null, null, List.of("three"))));
        assertThat(info(id).progress()).isEqualTo(0.5);
        assertThat(control().events(id)).extracting(JobEvent::text).containsExactly("one", "two", "three");
        assertThat(settle(session, job, failed(ZERO))).isEmpty();
        assertThat(info(id).progress()).isNull();
    }

    @Test
    void cancelsWhatWaits() {
        long ready = insert(keyed("t:r", null));
        long later = insert(delayed(ofHours(1)));
        assertThat(control().cancel(ready)).isTrue();
        assertThat(control().cancel(later)).isTrue();
        assertThat(control().cancel(ready)).isFalse();
        assertThat(control().cancel(Long.MAX_VALUE)).isFalse();
        assertThat(state(ready)).isEqualTo(JobState.CANCELLED);
        assertThat(state(later)).isEqualTo(JobState.CANCELLED);
        assertThat(store().insert(List.of(keyed("t:r", null))).get(0).created()).isTrue();
    }

    @Test
    void tellsARunningJobThatItIsCancelled() throws Exception {
        insert(job("x"));
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of(), "q");
        ClaimedJob job = claimOne(session);
        assertThat(control().cancel(job.id())).isTrue();
        assertThat(session.beat(false, 1).cancelled()).containsExactly(job.id());
        assertThat(settle(session, job, failed(ZERO))).isEmpty();
        assertThat(state(job.id())).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void letsACancelledJobSucceedAllTheSame() {
        insert(job("x"));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        control().cancel(job.id());
        assertThat(settle(session, job, new JobOutcome.Succeeded(null))).isEmpty();
        assertThat(state(job.id())).isEqualTo(JobState.SUCCEEDED);
        assertThat(control().retry(job.id()))
                .as("succeeded jobs do not run again")
                .isFalse();
    }

    @Test
    void eitherCancelsOrClaims() throws Exception {
        List<EnqueuedJob> jobs = store().insert(
                        IntStream.range(0, 300).mapToObj(i -> job("" + i)).toList());
        StoreSession session = open();
        List<ClaimedJob> claimed = new ArrayList<>();
        List<Long> told = inParallel(2, thread -> {
            if (thread == 0) {
                List<ClaimedJob> more = claim(session, 5);
                while (!more.isEmpty()) {
                    claimed.addAll(more);
                    more = claim(session, 5);
                }
                return List.of();
            }
            jobs.forEach(job -> assertThat(control().cancel(job.id())).isTrue());
            return List.of();
        });
        assertThat(told).isEmpty();
        Set<Long> cancelled = session.beat(false, claimed.size()).cancelled();
        assertThat(claimed).extracting(ClaimedJob::id).containsExactlyInAnyOrderElementsOf(cancelled);
        assertThat(control().list(JobQuery.all().states(JobState.CANCELLED).limit(1_000)))
                .hasSize(300 - claimed.size());
    }

    @Test
    void runsDeadAndWaitingJobsAgain() {
        long dead = insert(keyed("t:d", null));
        StoreSession session = open();
        ClaimedJob first = claimOne(session);
        settle(session, first, new JobOutcome.Died(new JobError("Boom", "", null)));
        long later = insert(delayed(ofHours(1)));
        assertThat(control().retry(dead)).isTrue();
        assertThat(control().retry(dead)).as("it waits").isFalse();
        assertThat(control().retry(later)).isTrue();
        assertThat(insert(keyed("t:d", null))).as("its key is taken again").isEqualTo(dead);
        List<ClaimedJob> jobs = claim(session, 5);
        assertThat(jobs).extracting(ClaimedJob::id).containsExactlyInAnyOrder(dead, later);
        assertThat(jobs).extracting(ClaimedJob::attempt).containsOnly(1);
        assertThat(jobs).filteredOn(job -> job.id() == dead).allMatch(job -> job.lease() > first.lease());
        assertThat(control().retry(dead)).as("it runs").isFalse();
    }

    @Test
    void doesNotRetryWhenTheKeyHasGoneToAnother() {
        long dead = insert(keyed("t:d", null));
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Died(new JobError("Boom", "", null)));
        insert(keyed("t:d", null));
        assertThat(control().retry(dead)).isFalse();
        assertThat(state(dead)).isEqualTo(JobState.DEAD);
    }

    @Test
    void reschedulesWhatWaits() {
        long id = insert(job("x"));
        assertThat(control().reschedule(id, Instant.parse("2099-01-01T00:00:00Z")))
                .isTrue();
        assertThat(info(id).runAt()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(control().reschedule(id, Instant.parse("2098-01-01T00:00:00Z")))
                .isTrue();
        assertThat(info(id).runAt()).isEqualTo("2098-01-01T00:00:00Z");
        assertThat(control().reschedule(id, Instant.parse("2000-01-01T00:00:00Z")))
                .isTrue();
        assertThat(state(id)).isEqualTo(JobState.QUEUED);
        claimOne(open());
        assertThat(control().reschedule(id, Instant.parse("2099-01-01T00:00:00Z")))
                .isFalse();
    }

    @Test
    void discardsWhatDoesNotRun() {
        long ready = insert(keyed("t:r", null));
        StoreSession session = open();
        ClaimedJob job = claimOne(session);
        assertThat(control().discard(ready)).isFalse();
        session.report(List.of(new Report(job, null, null, List.of("line"))));
        settle(session, job, failed(ofHours(1)));
        assertThat(control().discard(ready)).isTrue();
        assertThat(control().find(ready)).isEmpty();
        assertThat(control().events(ready)).isEmpty();
        assertThat(store().insert(List.of(keyed("t:r", null))).get(0).created()).isTrue();
        assertThat(control().discard(ready)).isFalse();
    }

    @Test
    void findsByStateTypeQueueAndTag() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(insert(new NewJob(
                    i % 2 == 0 ? "even" : "odd",
                    1,
                    i < 3 ? "q" : "r",
                    0,
                    3,
                    ofSeconds(1),
                    "{}",
                    i == 4 ? List.of("mark") : List.of(),
                    null,
                    null,
                    null,
                    null,
                    null)));
        }
        StoreSession session = open();
        settle(session, claimOne(session), new JobOutcome.Succeeded(null));
        assertThat(ids(UnaryOperator.identity()))
                .containsExactly(5, 4, 3, 2, 1, 0)
                .isSortedAccordingTo((a, b) -> b - a);
        assertThat(list(ids, query -> query.states(JobState.SUCCEEDED))).containsExactly(0);
        assertThat(list(ids, query -> query.states(JobState.QUEUED, JobState.DELAYED)))
                .containsExactly(5, 4, 3, 2, 1);
        assertThat(list(ids, query -> query.type("even"))).containsExactly(4, 2, 0);
        assertThat(list(ids, query -> query.queue("r"))).containsExactly(5, 4, 3);
        assertThat(list(ids, query -> query.tag("mark"))).containsExactly(4);
        assertThat(list(ids, query -> query.limit(2).before(ids.get(4)))).containsExactly(3, 2);
    }

    private List<Integer> ids(UnaryOperator<JobQuery> query) {
        List<Long> all = control().list(query.apply(JobQuery.all())).stream()
                .map(JobInfo::id)
                .sorted()
                .toList();
        return list(all, query);
    }

    private List<Integer> list(List<Long> ids, UnaryOperator<JobQuery> query) {
        return control().list(query.apply(JobQuery.all())).stream()
                .map(job -> ids.indexOf(job.id()))
                .toList();
    }

    @Test
    void listsQueuesAndWorkers() {
        insert(job("x"));
        insert(job("y"));
        insert(delayed(ofHours(1)));
        StoreSession session = open("q", "empty");
        claimOne(session);
        session.beat(true, 1);
        assertThat(control().queues()).extracting(QueueInfo::name).containsExactly("empty", "q");
        QueueInfo queue = queue("q");
        assertThat(List.of(queue.queued(), queue.delayed(), queue.running())).containsExactly(1L, 1L, 1L);
        assertThat(queue.oldest()).isNotNull();
        WorkerInfo worker = control().workers().get(0);
        assertThat(worker.id()).isEqualTo(session.workerId());
        assertThat(worker.queues()).containsExactlyInAnyOrder("empty", "q");
        assertThat(worker.draining()).isTrue();
        assertThat(worker.running()).isEqualTo(1);
        assertThat(worker.silence()).isLessThan(ofSeconds(10));
        session.close();
        session.close();
        assertThat(control().workers()).isEmpty();
    }

    protected QueueInfo queue(String name) {
        return control().queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void wakesAWorkerForAJob() throws Exception {
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of(), "q");
        insert(job("before anybody listens"));
        ear.await("jobs q", "lost");
        ear.heard.clear();
        insert(job("x"));
        ear.await("jobs q");
        insert(job("y"));
        insert(job("z"));
        ear.await("jobs q");
        insert(typed("t", "other", 0));
        assertThat(session.upkeep()).isGreaterThan(ofSeconds(1));
        insert(delayed(ofMillis(100)));
        ear.await("upkeep");
        control().pause("q");
        ear.await("beat");
        control().resume("q");
        ear.await("jobs q");
        assertThat(ear.heard).doesNotContain("jobs other");
        ClaimedJob job = claimOne(session);
        control().cancel(job.id());
        ear.await("cancelled " + job.id());
    }

    @Test
    void rescuesFromASilentWorker() {
        long id = insert(keyed("t:k", null));
        StoreSession silent = open(new Ear(), ofMillis(100), Map.of(), "q");
        ClaimedJob job = claimOne(silent);
        StoreSession judge = open(new Ear(), ofMillis(100), Map.of(), "q");
        untilBeating(judge, () -> state(id) == JobState.QUEUED);
        assertThat(info(id).attempt()).as("the attempt counts").isEqualTo(1);
        assertThat(control().events(id)).extracting(JobEvent::kind).containsExactly(JobEvent.Kind.RESCUED);
        assertThat(control().workers()).extracting(WorkerInfo::id).containsExactly(judge.workerId());
        assertThat(settle(silent, job, new JobOutcome.Succeeded(null)))
                .as("too late")
                .hasSize(1);
        assertThat(silent.beat(false, 1).alive()).isFalse();
        assertThat(claim(silent, 1)).as("nobody would rescue these").isEmpty();
        assertThat(claimOne(judge).attempt()).isEqualTo(2);
    }

    @Test
    void endsAJobWhoseWorkersDieEachTime() {
        long id = insert(job("x"));
        StoreSession judge = open(new Ear(), ofMillis(100), Map.of(), "q");
        for (int attempt = 1; attempt <= 3; attempt++) {
            StoreSession victim = open(new Ear(), ofMillis(100), Map.of(), "q");
            assertThat(claimOne(victim).attempt()).isEqualTo(attempt);
            untilBeating(judge, () -> state(id) != JobState.RUNNING);
            if (attempt == 2) {
                assertThat(state(id)).as("not at once the second time").isEqualTo(JobState.DELAYED);
                control().reschedule(id, Instant.EPOCH);
            }
        }
        assertThat(state(id)).isEqualTo(JobState.DEAD);
        assertThat(info(id).error()).contains("died");
    }

    @Test
    void doesNotRescueAfterAGapOfItsOwn() {
        long id = insert(job("x"));
        StoreSession silent = open(new Ear(), ofMillis(200), Map.of(), "q");
        claimOne(silent);
        StoreSession judge = open(new Ear(), ofMillis(200), Map.of(), "q");
        java.util.concurrent.locks.LockSupport.parkNanos(ofMillis(800).toNanos());
        judge.beat(false, 0);
        judge.upkeep();
        assertThat(state(id)).isEqualTo(JobState.RUNNING);
        assertThat(silent.beat(false, 1).alive()).isTrue();
    }

    /** Beats four times in an interval of 100 ms, and keeps the upkeep going. */
    private static void untilBeating(StoreSession session, BooleanSupplier condition) {
        until(session, () -> {
            session.beat(false, 0);
            return condition.getAsBoolean();
        });
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
