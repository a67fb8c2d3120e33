package io.betrue.jobs.nats;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestDatabase;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of the page on NATS, run. */
class NatsJobsTourIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    private static final JobType<Mail> MAIL = JobType.of("mail", Mail.class)
            .queue("mail")
            .retries(Backoff.exponential(ofSeconds(5), ofHours(1)), 20)
            .timeout(ofMinutes(2));

    private final String namespace = NATS.namespace();
    private final BlockingQueue<Mail> sent = new LinkedBlockingQueue<>();
    private final Mailer mailer = sent::add;
    private NatsJobs jobs;

    private interface Mailer {
        void send(Mail mail);
    }

    private record Mail(String to, String subject) {}

    private record Order(String email) {}

    private record Interest(String currency) {}

    @BeforeEach
    void open() {
        String url = NATS.url();
        // tag::open[]
        jobs = NatsJobs.connect(url, config -> config.namespace(namespace)); // such as nats://127.0.0.1:4222
        // end::open[]
    }

    @AfterEach
    void close() throws Exception {
        jobs.close();
        Connection connection = Nats.connect(NATS.url());
        Namespaces.remove(connection, namespace);
        connection.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void runsWhatIsHandedIn() throws Exception {
        // tag::enqueue[]
        jobs.enqueue(MAIL, new Mail("ann@example.org", "Thank you")); // the server has it when this returns
        // end::enqueue[]

        // tag::work[]
        try (Worker worker = jobs.worker(w -> w.queue("mail", 16).handle(MAIL, (job, mail) -> mailer.send(mail)))) {
            worker.start(); // or run(), which waits until somebody closes the worker
            // end::work[]
            assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(new Mail("ann@example.org", "Thank you"));
            // tag::work[]
        }
        // end::work[]
    }

    @Test
    void asksForMoreThanTheTypeSays() throws Exception {
        Mail mail = new Mail("ann@example.org", "Welcome");
        Mail alarm = new Mail("ops@example.org", "Alarm");
        // tag::request[]
        EnqueuedJob job = jobs.enqueue(JobRequest.of(MAIL, mail)
                .in(ofSeconds(1)) // holds nobody up: it waits in a stream of its own
                .uniqueKey("welcome:17")); // while such a job waits or runs, over restarts of the server
        EnqueuedJob same = jobs.enqueue(JobRequest.of(MAIL, mail).uniqueKey("welcome:17")); // same.created() is false
        jobs.enqueue(JobRequest.of(MAIL, alarm).priority(10)); // above 0: before all that have 0 or less
        // end::request[]
        assertThat(job.created()).isTrue();
        assertThat(same).isEqualTo(new EnqueuedJob(job.id(), false));
        JobControl control = jobs.control();
        assertThat(control.find(job.id()).orElseThrow().state()).isEqualTo(JobState.DELAYED);
        try (Worker worker = jobs.worker(w -> w.queue("mail", 1).handle(MAIL, (context, it) -> mailer.send(it)))) {
            worker.start();
            assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(alarm);
            assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(mail);
        }
        assertThat(control.find(job.id()).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.enqueue(JobRequest.of(MAIL, mail).uniqueKey("welcome:17"))
                        .created())
                .isTrue();
    }

    @Test
    void repeatsWhatIsScheduled() {
        JobType<Interest> type = JobType.of("interest", Interest.class);
        // tag::schedule[]
        jobs.schedules().put(Schedule.of("nightly-interest", Cron.parse("0 3 * * *"), type, new Interest("EUR")));
        // end::schedule[]
        assertThat(jobs.schedules().list()).hasSize(1);
        assertThat(jobs.schedules().remove("nightly-interest")).isTrue();
    }

    @Test
    void enqueuesATickOnce() throws Exception {
        BlockingQueue<String> ticks = new LinkedBlockingQueue<>();
        JobType<Interest> type = JobType.of("interest", Interest.class);
        jobs.schedules().put(Schedule.of("each-second", Cron.parse("* * * * * *"), type, new Interest("EUR")));
        try (Worker first = jobs.worker(w -> w.handle(type, (job, interest) -> ticks.add(interest.currency())));
                Worker second = jobs.worker(w -> w.handle(type, (job, interest) -> ticks.add(interest.currency())))) {
            first.start();
            second.start();
            assertThat(ticks.poll(20, TimeUnit.SECONDS)).isEqualTo("EUR");
        }
        assertThat(jobs.schedules().remove("each-second")).isTrue();
    }

    @Test
    void listsAndRetriesWhatIsDead() throws Exception {
        JobType<Mail> picky = MAIL.retries(Backoff.constant(ofSeconds(1)), 1);
        EnqueuedJob job = jobs.enqueue(picky, new Mail("", "?"));
        try (Worker worker = jobs.worker(w -> w.queue("mail", 16).handle(picky, (context, mail) -> {
            if (context.attempt() == 1 && sent.isEmpty()) {
                sent.add(mail);
                throw new IllegalStateException("nobody to send to");
            }
            sent.add(mail);
        }))) {
            worker.start();
            await(() -> jobs.control().find(job.id()).orElseThrow().state() == JobState.DEAD);
            // tag::dead[]
            JobControl control = jobs.control();
            for (JobInfo dead :
                    control.list(JobQuery.all().states(JobState.DEAD).queue("mail"))) {
                List<JobEvent> timeline = control.events(dead.id()); // errors with stacks, log lines, rescues
                // end::dead[]
                assertThat(dead.error()).contains("nobody to send to");
                assertThat(timeline).extracting(JobEvent::kind).contains(JobEvent.Kind.ERROR);
                // tag::dead[]
                control.retry(dead.id()); // at once, with all its attempts before it
            }
            // end::dead[]
            await(() -> control.find(job.id()).orElseThrow().state() == JobState.SUCCEEDED);
        }
        assertThat(sent).hasSize(2);
    }

    @Test
    void showsProgressAndCancels() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JobType<Mail> slow = JobType.of("slow-mail", Mail.class);
        EnqueuedJob job = jobs.enqueue(slow, new Mail("ann@example.org", "News"));
        try (Worker worker = jobs.worker(w -> w.handle(slow, (context, mail) -> {
            context.progress(0.5, "half of it");
            begun.countDown();
            new CountDownLatch(1).await(); // until it is interrupted
        }))) {
            worker.start();
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            await(() -> jobs.control().find(job.id()).orElseThrow().progress() != null);
            long id = job.id();
            // tag::cancel[]
            JobInfo running = jobs.control().find(id).orElseThrow(); // RUNNING, half of it: the worker was asked
            jobs.control().cancel(id); // the worker is told, and interrupts the handler
            // end::cancel[]
            assertThat(running.state()).isEqualTo(JobState.RUNNING);
            assertThat(running.progress()).isEqualTo(0.5);
            await(() -> jobs.control().find(id).orElseThrow().state() == JobState.CANCELLED);
        }
    }

    @Test
    void isConfigured() throws Exception {
        String url = NATS.url();
        // tag::configure[]
        Connection connection = Nats.connect(Options.builder()
                .server(url)
                .maxReconnects(-1) // for ever; credentials and TLS are said here too
                .reconnectBufferSize(0) // what cannot be said now is not said late
                .build());
        NatsJobs kept = NatsJobs.create(
                connection,
                config -> config.namespace("shop")
                        .replicas(1) // 3 in a cluster
                        .lease(ofSeconds(30))
                        .mostWaiting(5_000_000)
                        .keep(JobState.SUCCEEDED, ofHours(6)) // zero: not at all
                        .keep(JobState.DEAD, ofDays(90)));
        // end::configure[]
        kept.enqueue(MAIL, new Mail("ann@example.org", "News"));
        Set<String> streams = Set.copyOf(connection.jetStreamManagement().getStreamNames());
        assertThat(streams).contains("shop-work", "shop-later", "shop-dead", "KV_shop-leases");
        assertThat(connection
                        .jetStreamManagement()
                        .getStreamInfo("shop-work")
                        .getConfiguration()
                        .getMaxMsgs())
                .isEqualTo(5_000_000);
        kept.close();
        Namespaces.remove(connection, "shop");
        connection.close();
    }

    @Test
    void handsInByATransactionOfPostgresql() throws Exception {
        DataSource dataSource = DATABASE.dataSource();
        Jdbi jdbi = Jdbi.create(dataSource);
        jdbi.useHandle(handle -> handle.execute("create table orders (email text)"));
        Order order = new Order("ann@example.org");
        // tag::outbox[]
        NatsOutbox.migrate(dataSource, "jobs_outbox"); // harmless when the tables are there
        try (NatsOutbox outbox =
                NatsOutbox.create(dataSource, jobs, config -> {}).start()) {
            jdbi.useTransaction(tx -> {
                tx.execute("insert into orders (email) values (?)", order.email());
                outbox.in(tx).enqueue(MAIL, new Mail(order.email(), "Thank you")); // with the order, or not at all
            });
            // end::outbox[]
            await(() -> outbox.info().waiting() == 0);
            try (Worker worker = jobs.worker(w -> w.queue("mail", 1).handle(MAIL, (job, mail) -> mailer.send(mail)))) {
                worker.start();
                assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(new Mail("ann@example.org", "Thank you"));
            }
            // tag::outbox[]
        }
        // end::outbox[]
    }
}
