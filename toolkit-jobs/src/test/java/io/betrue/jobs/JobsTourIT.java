package io.betrue.jobs;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of the pages, run. */
class JobsTourIT {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs-tour", dataSource -> PostgresJobs.migrate(dataSource, "jobs"));

    // tag::type[]
    record Mail(String to, String subject) {}

    static final JobType<Mail> MAIL = JobType.of("mail", Mail.class)
            .queue("mail")
            .retries(Backoff.exponential(ofSeconds(5), ofHours(1)), 20)
            .timeout(ofMinutes(2));
    // end::type[]

    private final BlockingQueue<Mail> sent = new LinkedBlockingQueue<>();
    private final Mailer mailer = sent::add;
    private PostgresJobs jobs;
    private Jdbi jdbi;

    private interface Mailer {
        void send(Mail mail);
    }

    private record Order(String email) {}

    private record Interest(String currency) {}

    @BeforeEach
    void open() {
        // tag::open[]
        PostgresJobs.migrate(DATABASE.dataSource(), "jobs"); // harmless when the tables are there
        jobs = PostgresJobs.create(DATABASE.dataSource(), config -> config.schema("jobs"));
        // end::open[]
        jdbi = Jdbi.create(DATABASE.dataSource());
        jdbi.useHandle(handle -> handle.execute("create table if not exists orders (email text)"));
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void enqueuesInTheCallersTransactionAndRuns() throws Exception {
        Order order = new Order("ann@example.org");
        // tag::enqueue[]
        jdbi.useTransaction(tx -> {
            tx.execute("insert into orders (email) values (?)", order.email());
            jobs.in(tx).enqueue(MAIL, new Mail(order.email(), "Thank you")); // committed with the order, or not at all
        });
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
        String account = "17";
        Mail mail = new Mail("ann@example.org", "Welcome");
        // tag::request[]
        EnqueuedJob job = jobs.enqueue(JobRequest.of(MAIL, mail)
                .in(ofMinutes(10)) // or .at(instant)
                .uniqueKey("welcome:" + account) // while such a job waits or runs; with a duration: for so long
                .priority(10)
                .attempts(3)
                .tags("welcome"));
        boolean isNew = job.created(); // false: job.id() is the one that was there
        // end::request[]
        assertThat(isNew).isTrue();
        // tag::bulk[]
        List<EnqueuedJob> many = jobs.enqueueAll(List.of(
                JobRequest.of(MAIL, new Mail("bob@example.org", "News")),
                JobRequest.of(MAIL, new Mail("cem@example.org", "News"))));
        // end::bulk[]
        assertThat(many).hasSize(2).allMatch(EnqueuedJob::created);

        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            // tag::connection[]
            jobs.in(connection).enqueue(MAIL, mail); // the same with plain JDBC
            // end::connection[]
            connection.rollback();
        }
        JobControl control = jobs.control();
        assertThat(control.list(JobQuery.all().tag("welcome"))).hasSize(1);
        assertThat(control.cancel(job.id())).isTrue();
        assertThat(many).allMatch(one -> control.cancel(one.id()));
    }

    @Test
    void saysHowAnAttemptEnds() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        JobType<Mail> careful = JobType.of("careful-mail", Mail.class);
        // tag::handler[]
        JobHandler<Mail> handler = (job, mail) -> {
            if (mail.to().isEmpty()) {
                throw job.failForGood("nobody to send to"); // dead at once, no more attempts
            }
            if (isNight()) {
                throw job.snooze(ofHours(8)); // does not count as an attempt
            }
            job.progress(0.5, "written");
            job.log("sent to " + mail.to());
            job.result(mail);
        }; // any other exception: another attempt after the type's backoff
        // end::handler[]
        EnqueuedJob dead = jobs.enqueue(careful, new Mail("", "?"));
        EnqueuedJob done = jobs.enqueue(careful, new Mail("ann@example.org", "!"));
        try (Worker worker = jobs.worker(w -> w.handle(careful, handler)
                .listener((type, queue, outcome, took) ->
                        told.add(outcome.getClass().getSimpleName())))) {
            worker.start();
            assertThat(List.of(take(told), take(told))).containsExactlyInAnyOrder("Died", "Succeeded");
        }
        assertThat(jobs.control().find(dead.id()).orElseThrow().state()).isEqualTo(JobState.DEAD);
        assertThat(jobs.control().find(done.id()).orElseThrow().result()).contains("ann@example.org");
    }

    private static boolean isNight() {
        return false;
    }

    private static String take(BlockingQueue<String> queue) throws InterruptedException {
        String next = queue.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void bringsOldPayloadsUp() {
        // tag::upcast[]
        JobType<Mail> second = JobType.of("mail", Mail.class)
                .upcast(old -> ((ObjectNode) old).put("subject", "News")); // version 1 had no subject
        // end::upcast[]
        assertThat(second.version()).isEqualTo(2);
    }

    @Test
    void repeatsWhatIsScheduled() {
        JobType<Interest> type = JobType.of("interest", Interest.class);
        // tag::schedule[]
        jobs.schedules()
                .put(Schedule.of("nightly-interest", Cron.parse("0 3 * * *"), type, new Interest("EUR"))
                        .in(ZoneId.of("Europe/Berlin"))
                        .onMisfire(Schedule.Misfire.ALL)); // nights that were missed are made up for
        // end::schedule[]
        assertThat(jobs.schedules().list()).hasSize(1);
        assertThat(jobs.schedules().remove("nightly-interest")).isTrue();
    }

    @Test
    void finishesInTheHandlersOwnTransaction() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        JobType<Mail> once = JobType.of("once", Mail.class);
        // tag::complete[]
        JobHandler<Mail> handler = (job, mail) -> jdbi.useTransaction(tx -> {
            tx.execute("insert into orders (email) values (?)", mail.to());
            jobs.completeIn(tx, job); // both or neither; throws when another worker has the job since
        });
        // end::complete[]
        EnqueuedJob job = jobs.enqueue(once, new Mail("once@example.org", "!"));
        try (Worker worker = jobs.worker(w -> w.handle(once, handler)
                .listener((type, queue, outcome, took) ->
                        told.add(outcome.getClass().getSimpleName())))) {
            worker.start();
            assertThat(take(told)).isEqualTo("Succeeded");
        }
        assertThat(jobs.control().find(job.id()).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(orders("once@example.org")).isEqualTo(1);
    }

    private static int orders(String email) throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select count(*)::int from orders where email = ?")) {
            query.setString(1, email);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    @Test
    void keepsWhatItIsTold() {
        // tag::keep[]
        PostgresJobs kept = PostgresJobs.create(
                DATABASE.dataSource(),
                config -> config.schema("jobs")
                        .keep(JobState.SUCCEEDED, ofHours(6)) // zero: forgotten at once
                        .keep(JobState.DEAD, ofDays(90)));
        // end::keep[]
        kept.close();
    }
}
