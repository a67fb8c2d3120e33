package io.betrue.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Worker;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestJobsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    record Mail(String to) {}

    static final JobType<Mail> MAIL = JobType.of("mail", Mail.class);

    private final TestJobs jobs = TestJobs.create(START);

    @AfterEach
    void close() {
        jobs.close();
    }

    /** What an application might have. */
    record SignUp(Enqueuer jobs) {
        void accept(String address) {
            jobs.enqueue(MAIL, new Mail(address));
            jobs.enqueue(JobRequest.of(MAIL, new Mail(address)).in(Duration.ofDays(3)));
        }
    }

    @Test
    void tellsWhatWasEnqueuedAndRunsItWhenItIsDue() {
        // tag::kit[]
        TestJobs jobs = TestJobs.create();
        new SignUp(jobs).accept("ada@example.org");

        assertThat(jobs.enqueued(MAIL)).containsExactly(new Mail("ada@example.org"), new Mail("ada@example.org"));

        List<Mail> sent = new ArrayList<>();
        RanJobs today = jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> sent.add(mail)));
        assertThat(today.succeeded()).hasSize(1);

        jobs.advance(Duration.ofDays(3));
        RanJobs later = jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> sent.add(mail)));
        assertThat(later.succeeded()).hasSize(1);
        assertThat(sent).hasSize(2);
        // end::kit[]
        jobs.close();
    }

    @Test
    void putsFailedAttemptsOffByTheirBackoff() {
        // tag::retry[]
        JobType<Mail> stubborn = MAIL.retries(Backoff.constant(Duration.ofMinutes(4)), 2);
        jobs.enqueue(stubborn, new Mail("ada@example.org"));

        assertThat(runFailing(stubborn).failed()).hasSize(1);
        assertThat(runFailing(stubborn).count()).isZero(); // it waits for its second attempt

        jobs.advance(Duration.ofMinutes(5));
        assertThat(runFailing(stubborn).ended(JobOutcome.Died.class)).hasSize(1);
        assertThat(jobs.jobs()).extracting(JobInfo::state).containsExactly(JobState.DEAD);
        // end::retry[]
    }

    private RanJobs runFailing(JobType<Mail> type) {
        return jobs.runDue(worker -> worker.handle(type, (job, mail) -> {
            throw new IllegalStateException("no mail server");
        }));
    }

    @Test
    void enqueuesTicksOfSchedulesByTheClock() {
        // tag::schedule[]
        JobType<Mail> digest = JobType.of("digest", Mail.class);
        jobs.schedules()
                .put(Schedule.of("digest", Cron.parse("0 7 * * *"), digest, new Mail("all@example.org"))
                        .in(ZoneId.of("Europe/Berlin")));

        jobs.setTime(Instant.parse("2026-03-02T05:59:00Z"));
        assertThat(runDigest(digest).count()).isZero();
        jobs.setTime(Instant.parse("2026-03-02T06:00:00Z"));
        assertThat(runDigest(digest).count()).isEqualTo(1);
        assertThat(runDigest(digest).count()).isZero();
        // end::schedule[]
    }

    private RanJobs runDigest(JobType<Mail> digest) {
        return jobs.runDue(worker -> worker.handle(digest, (job, mail) -> {}));
    }

    @Test
    void treatsMissedTicksAsTheScheduleSays() {
        JobType<Mail> hourly = JobType.of("hourly", Mail.class);
        for (Schedule.Misfire misfire : Schedule.Misfire.values()) {
            jobs.schedules()
                    .put(Schedule.of("hourly-" + misfire, Cron.parse("0 * * * *"), hourly, new Mail(misfire.name()))
                            .onMisfire(misfire));
        }

        jobs.setTime(START.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(30)));
        runDigest(hourly);

        assertThat(jobs.enqueued(hourly))
                .filteredOn(mail -> mail.to().equals("SKIP"))
                .isEmpty();
        assertThat(jobs.enqueued(hourly))
                .filteredOn(mail -> mail.to().equals("ONE"))
                .hasSize(1);
        assertThat(jobs.enqueued(hourly))
                .filteredOn(mail -> mail.to().equals("ALL"))
                .hasSize(5);
    }

    @Test
    void skipsATickThatIsMoreThanHalfAMinuteLate() {
        JobType<Mail> hourly = JobType.of("hourly", Mail.class);
        jobs.schedules()
                .put(Schedule.of("hourly", Cron.parse("0 * * * *"), hourly, new Mail("x"))
                        .onMisfire(Schedule.Misfire.SKIP));

        jobs.setTime(START.plus(Duration.ofHours(1)).plusSeconds(31));
        runDigest(hourly);
        assertThat(jobs.enqueued(hourly)).isEmpty();

        jobs.setTime(START.plus(Duration.ofHours(2)).plusSeconds(30));
        runDigest(hourly);
        assertThat(jobs.enqueued(hourly)).hasSize(1);
    }

    @Test
    void runsWhatHandlersEnqueueByPriority() {
        List<String> order = new ArrayList<>();
        JobType<Mail> urgent = JobType.of("urgent", Mail.class).priority(10);
        jobs.enqueue(MAIL, new Mail("first"));
        jobs.enqueue(MAIL, new Mail("second"));

        RanJobs ran = jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> {
                    order.add(mail.to());
                    if (mail.to().equals("first")) {
                        jobs.enqueue(urgent, new Mail("urgent"));
                    }
                })
                .handle(urgent, (job, mail) -> order.add(mail.to())));

        assertThat(order).containsExactly("first", "urgent", "second");
        assertThat(ran.all()).extracting(RanJobs.RanJob::type).containsExactly("mail", "urgent", "mail");
    }

    @Test
    void saysWhichHandlerGoesOnWithoutEnd() {
        jobs.enqueue(MAIL, new Mail("ada@example.org"));

        assertThatThrownBy(() -> jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> {
                    throw job.snooze(Duration.ZERO);
                })))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("still due after 10000 attempts")
                .hasMessageContaining("mail");
    }

    @Test
    void runsOnTheCallingThread() {
        List<Thread> threads = new ArrayList<>();
        jobs.enqueue(MAIL, new Mail("ada@example.org"));

        jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> threads.add(Thread.currentThread())));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void showsAndChangesJobs() {
        long id = jobs.enqueue(JobRequest.of(MAIL, new Mail("ada@example.org")).tags("welcome"))
                .id();
        jobs.control().pause("default");
        assertThat(runFailing(MAIL).count()).isZero();
        jobs.control().resume("default");

        assertThat(jobs.control().cancel(id)).isTrue();
        assertThat(jobs.control().list(JobQuery.all().states(JobState.CANCELLED).tag("welcome")))
                .extracting(JobInfo::id)
                .containsExactly(id);
        assertThat(jobs.control().retry(id)).isTrue();
        jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> {
            job.progress(0.5, "half");
            job.log("a line");
            job.result(mail);
        }));

        JobInfo done = jobs.control().find(id).orElseThrow();
        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.result()).isEqualTo("{\"to\":\"ada@example.org\"}");
        assertThat(jobs.control().events(id)).extracting(event -> event.text()).contains("a line");
    }

    @Test
    void runsJobsInAWorkerWithThreadsOfItsOwn() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        try (Worker worker = jobs.worker(w -> w.handle(MAIL, (job, mail) -> ran.countDown()))) {
            worker.start();
            jobs.enqueue(MAIL, new Mail("now"));
            jobs.enqueue(JobRequest.of(MAIL, new Mail("later")).in(Duration.ofHours(1)));
            jobs.advance(Duration.ofHours(1));

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(jobs.jobs()).extracting(JobInfo::state).containsOnly(JobState.SUCCEEDED);
        assertThat(jobs.control().workers()).isEmpty();
    }

    @Test
    void refusesJobsOfAnotherMake() {
        Jobs other = strange(Jobs.class, Map.of("worker", strange(Worker.class, Map.of())));

        assertThatThrownBy(() -> JobTester.runDue(other, worker -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be made by a backend of this library");
    }

    private static <T> T strange(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answers.get(method.getName())));
    }
}
