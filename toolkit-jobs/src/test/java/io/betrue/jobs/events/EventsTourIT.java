package io.betrue.jobs.events;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Worker;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of the page, run. */
class EventsTourIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    // tag::type[]
    record Deposited(String account, long amount) {}

    static final EventType<Deposited> DEPOSITED =
            EventType.of("account/deposited", Deposited.class).keyedBy(Deposited::account);
    // end::type[]

    record Closed(String account) {}

    static final EventType<Closed> CLOSED =
            EventType.of("account/closed", Closed.class).keyedBy(Closed::account);

    record Message(String room, String text) {}

    static final EventType<Message> MESSAGE =
            EventType.of("chat/message", Message.class).keyedBy(Message::room);

    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final DataSource dataSource = DATABASE.dataSource();
    private final Jdbi jdbi = Jdbi.create(dataSource);
    private PostgresJobs jobs;
    private Events events;

    @BeforeEach
    void open() {
        // tag::open[]
        PostgresJobs.migrate(dataSource, "jobs"); // both are harmless when the tables are there
        Events.migrate(dataSource, "events");
        jobs = PostgresJobs.create(dataSource, config -> {});
        events = Events.create(dataSource, jobs, config -> config.keep(ofDays(7)));
        // end::open[]
        jdbi.useHandle(handle -> handle.execute("truncate events.event, events.delivery, events.subscription;"
                + " drop schema if exists bank cascade; create schema bank;"
                + " create table bank.balance (account text primary key, amount bigint not null)"));
    }

    @AfterEach
    void close() {
        events.close();
        events.control().forget("mail");
        events.control().forget("report");
        events.control().forget("push");
        jobs.close();
    }

    private void send(UUID id, String account) {
        sent.add(id + " " + account);
    }

    /** As the one of toolkit-commands: makes something that sends what it is given to clients. */
    private Consumer<Message> push(String name, java.util.function.Function<Message, String> audience) {
        return message -> sent.add(name + " to " + audience.apply(message) + ": " + message.text());
    }

    @Test
    void publishesInTheCallersTransaction() throws Exception {
        jdbi.useHandle(handle -> handle.execute("insert into bank.balance values ('17', 0)"));
        // tag::consume[]
        events.consumer("mail", DEPOSITED, (context, event) -> send(context.id(), event.account()));
        events.consumer(
                "report",
                DEPOSITED,
                (context, event) -> context.handle() // written once, whatever fails
                        .execute("insert into bank.report values (?, ?)", event.account(), event.amount()));
        events.start();
        // end::consume[]
        jdbi.useHandle(handle -> handle.execute("create table bank.report (account text, amount bigint)"));

        Deposited deposited = new Deposited("17", 100);
        // tag::publish[]
        jdbi.useTransaction(tx -> {
            tx.execute("update bank.balance set amount = amount + ? where account = ?", 100, "17");
            events.in(tx).publish(DEPOSITED, deposited); // committed with the balance, or not at all
        });
        // end::publish[]
        assertThat(sent.poll(20, TimeUnit.SECONDS)).endsWith(" 17");

        UUID requestId = UUID.randomUUID();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            // tag::id[]
            PublishedEvent published = events.in(connection).publish(DEPOSITED, requestId, deposited);
            boolean isNew = published.created(); // false: this id is there, nothing was published
            // end::id[]
            assertThat(isNew).isTrue();
            // tag::many[]
            events.in(connection).publishAll(DEPOSITED, List.of(new Deposited("17", 5), new Deposited("18", 7)));
            // end::many[]
            connection.rollback();
        }
    }

    @Test
    void saysMoreOfAConsumer() throws Exception {
        // tag::options[]
        events.consumer("report") // one order over both types, for each account
                .on(DEPOSITED, (context, event) -> sent.add("deposited " + event.account()))
                .on(CLOSED, (context, event) -> sent.add("closed " + event.account()))
                .slots(16)
                .timeout(ofSeconds(10))
                .retries(Backoff.exponential(ofSeconds(1), ofMinutes(1)), 10)
                .withHistory();
        events.consumer("mail", DEPOSITED, (context, event) -> send(context.id(), event.account()))
                .unordered();
        // end::options[]
        // tag::attach[]
        events.declare(); // once at start, or in a step of the deploy
        Worker worker = jobs.worker(config -> events.attach(config)); // beside handlers of other jobs
        // end::attach[]
        worker.start();
        jdbi.useTransaction(tx -> events.in(tx).publish(CLOSED, new Closed("17")));
        assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 17");
        worker.close();
    }

    @Test
    void takesAConsumerOfTheJdk() throws Exception {
        // tag::push[]
        Consumer<Message> push = push("message", message -> "room " + message.room());
        events.consumer("push", MESSAGE, push);
        // end::push[]
        events.start();
        jdbi.useTransaction(tx -> events.in(tx).publish(MESSAGE, new Message("lobby", "hi")));
        assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo("message to room lobby: hi");
    }

    @Test
    void looksAtWhatIsDead() {
        events.consumer("mail", DEPOSITED, (context, event) -> {
            // tag::dies[]
            throw context.job().failForGood("account " + event.account() + " has no address");
            // end::dies[]
        });
        events.start();
        jdbi.useTransaction(tx -> events.in(tx).publish(DEPOSITED, new Deposited("17", 100)));
        EventsFixture.await("dead", () -> !events.control().dead("mail").isEmpty());
        // tag::dead[]
        List<ConsumerInfo> all = events.control().consumers(); // how many events each has not had, since when
        List<DeadEvent> dead = events.control().dead("mail"); // why, and how many later events of the same key wait
        UUID id = dead.get(0).id();
        boolean tried = events.control().retry("mail", id); // brings it again, with all attempts; the others follow
        boolean skipped = events.control().skip("mail", id); // never brings it; the others go on
        // end::dead[]
        assertThat(all).hasSize(1);
        assertThat(tried).isTrue();
        assertThat(skipped).isTrue();
        assertThat(events.control().dead("mail")).isEmpty();
    }
}
