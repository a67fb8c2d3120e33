package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobException;
import io.betrue.jobs.postgres.PostgresJobs;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published reaches each consumer, once. */
class EventsIT extends EventsFixture {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private String next() throws InterruptedException {
        return heard.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void bringsAnEventToEachConsumerWithItsFacts() throws Exception {
        Events events = node();
        BlockingQueue<EventContext> contexts = new LinkedBlockingQueue<>();
        BlockingQueue<String> facts = new LinkedBlockingQueue<>();
        events.consumer("mail", DEPOSITED, (context, event) -> {
            facts.add(context.type()
                    + ' '
                    + context.key().orElseThrow()
                    + ' '
                    + context.job().attempt());
            contexts.add(context);
        });
        events.consumer("push", DEPOSITED, event -> heard.add("push " + event));
        events.start();
        PublishedEvent published =
                jdbi.inTransaction(handle -> events.in(handle).publish(DEPOSITED, new Deposited("a", 1)));

        assertThat(published.created()).isTrue();
        assertThat(published.id().version()).isEqualTo(7);
        assertThat(next()).isEqualTo("push Deposited[account=a, n=1]");
        EventContext context = contexts.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(context.id()).isEqualTo(published.id());
        assertThat(context.consumer()).isEqualTo("mail");
        assertThat(context.publishedAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(facts).containsExactly("account/deposited a 1");
        awaitDelivered();
        assertThat(heard).isEmpty();
        assertThat(contexts).isEmpty();
    }

    @Test
    void neverBringsWhatWasRolledBack() throws Exception {
        Events events = node();
        events.consumer("push", DEPOSITED, event -> heard.add(event.account()));
        events.start();
        jdbi.useHandle(handle -> {
            handle.begin();
            events.in(handle).publish(DEPOSITED, new Deposited("undone", 1));
            handle.rollback();
        });
        publish(events, new Deposited("done", 1));
        assertThat(next()).isEqualTo("done");
        awaitDelivered();
        assertThat(heard).isEmpty();
        assertThat(count("events.event")).isEqualTo(1);
        await("no job", () -> count("jobs.job") == 0);
    }

    @Test
    void publishesAGivenIdOnce() throws Exception {
        Events events = node();
        events.consumer("push", DEPOSITED, event -> heard.add(event.account()));
        events.start();
        UUID id = UUID.randomUUID();
        List<PublishedEvent> answers = new ArrayList<>();
        for (String account : List.of("first", "again")) {
            jdbi.useTransaction(
                    handle -> answers.add(events.in(handle).publish(DEPOSITED, id, new Deposited(account, 1))));
        }
        publish(events, new Deposited("last", 1));
        assertThat(answers).containsExactly(new PublishedEvent(id, true), new PublishedEvent(id, false));
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("first", "last");
        awaitDelivered();
        assertThat(heard).isEmpty();
    }

    @Test
    void waitsForATransactionThatPublishesTheSameId() throws Exception {
        Events events = node();
        events.declare();
        UUID id = UUID.randomUUID();
        try (Connection first = pool.getConnection()) {
            first.setAutoCommit(false);
            assertThat(events.in(first)
                            .publish(DEPOSITED, id, new Deposited("a", 1))
                            .created())
                    .isTrue();
            BlockingQueue<PublishedEvent> answers = new LinkedBlockingQueue<>();
            Thread second = new Thread(() -> jdbi.useTransaction(
                    handle -> answers.add(events.in(handle).publish(DEPOSITED, id, new Deposited("a", 1)))));
            second.start();
            await("blocked", () -> count("pg_stat_activity where wait_event_type = 'Lock'") > 0);
            first.rollback();
            first.setAutoCommit(true);
            assertThat(answers.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new PublishedEvent(id, true));
            second.join();
        }
    }

    @Test
    void givesANewConsumerWhatIsPublishedFromNowOn() throws Exception {
        Events first = node();
        first.consumer("push", DEPOSITED, event -> heard.add("push " + event.n()));
        first.start();
        publish(first, new Deposited("a", 1));
        assertThat(next()).isEqualTo("push 1");

        Events second = node();
        second.consumer("late", DEPOSITED, event -> heard.add("late " + event.n()));
        second.declare();
        publish(first, new Deposited("a", 2));
        assertThat(next()).isEqualTo("push 2");
        second.start(); // the event has waited for it
        assertThat(next()).isEqualTo("late 2");
        awaitDelivered();
        assertThat(heard).isEmpty();
    }

    @Test
    void givesAConsumerThatAsksForItTheHistoryBeforeWhatFollows() throws Exception {
        Events publisher = node();
        publisher.declare();
        int many = 1_500;
        jdbi.useTransaction(handle -> publisher
                .in(handle)
                .publishAll(
                        DEPOSITED,
                        IntStream.range(0, many)
                                .mapToObj(n -> new Deposited("a" + n % 3, n))
                                .toList()));
        Events second = node();
        second.consumer("late", DEPOSITED, EventsIT::record).withHistory();
        try (Connection slow = pool.getConnection()) {
            slow.setAutoCommit(false);
            publisher.in(slow).publish(DEPOSITED, new Deposited("a0", many));
            Thread declares = new Thread(second::declare);
            declares.start();
            await("blocked", () -> count("pg_stat_activity where wait_event_type = 'Lock'") > 0);
            slow.commit();
            slow.setAutoCommit(true);
            declares.join();
        }
        publish(publisher, new Deposited("a0", many + 1));
        second.start();
        second.declare(); // a second time adds nothing
        await("all", () -> count("public.seen") == many + 2);
        awaitDelivered();
        for (String key : List.of("a0", "a1", "a2")) {
            assertThat(seen("late", key)).isSorted().doesNotHaveDuplicates();
        }
    }

    private static void record(EventContext context, Deposited event) {
        see(context, event);
    }

    private List<Integer> seen(String consumer, String key) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select n from public.seen where consumer = ? and key = ? order by place")
                        .bind(0, consumer)
                        .bind(1, key)
                        .mapTo(Integer.class)
                        .list());
    }

    @Test
    void keepsTheOrderOfAKeyOverTheTypesOfAConsumer() {
        record Opened(String account) {}
        EventType<Opened> opened = EventType.of("account/opened", Opened.class).keyedBy(Opened::account);
        Events events = node();
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        events.consumer("book")
                .on(opened, (context, event) -> {
                    if (context.job().attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    order.add("opened");
                })
                .on(DEPOSITED, event -> order.add("deposited " + event.n()))
                .retries(Backoff.constant(Duration.ofMillis(300)), 3);
        events.start();
        jdbi.useTransaction(handle -> {
            events.in(handle).publish(opened, new Opened("a"));
            events.in(handle).publish(DEPOSITED, new Deposited("a", 1));
        });
        awaitDelivered();
        assertThat(order).containsExactly("opened", "deposited 1");
    }

    @Test
    void givesAnEventToOneOfManyNodes() {
        for (int i = 0; i < 2; i++) {
            Events events = node();
            events.consumer("push", DEPOSITED, event -> heard.add(event.account()));
            events.start();
        }
        Events publisher = node();
        List<String> accounts = IntStream.range(0, 200).mapToObj(n -> "a" + n).toList();
        jdbi.useTransaction(handle -> publisher
                .in(handle)
                .publishAll(
                        DEPOSITED,
                        accounts.stream()
                                .map(account -> new Deposited(account, 1))
                                .toList()));
        awaitDelivered();
        assertThat(heard).containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    void removesEventsThatAllHaveHadAfterTheirTime() throws Exception {
        Events events = node(pool, config -> config.keep(Duration.ofHours(1)));
        events.consumer("push", DEPOSITED, event -> heard.add("push " + event.n()));
        events.declare();
        jdbi.useTransaction(handle -> events.in(handle)
                .publishAll(
                        DEPOSITED,
                        IntStream.range(0, 2_500)
                                .mapToObj(n -> new Deposited("a", n))
                                .toList()));
        jdbi.useHandle(handle -> {
            handle.execute("update events.event set published_at = published_at - interval '2 hours'");
            handle.execute("delete from events.delivery where seq <> (select max(seq) from events.event)");
        });
        publish(events, new Deposited("b", 1));
        jdbi.useHandle(handle -> handle.execute("delete from events.delivery where key = 'b'"));
        assertThat(events.control().prune()).isEqualTo(2_499);
        assertThat(count("events.event")).isEqualTo(2); // one is undelivered, one is young
        assertThat(events.control().prune()).isZero();
    }

    @Test
    void listsConsumersAndForgetsThem() {
        Events events = node();
        events.consumer("push", DEPOSITED, event -> {});
        events.declare();
        publish(events, new Deposited("a", 1));
        publish(events, new Deposited("a", 2));
        assertThat(events.control().consumers()).singleElement().satisfies(consumer -> {
            assertThat(consumer.name()).isEqualTo("push");
            assertThat(consumer.types()).containsExactly("account/deposited");
            assertThat(consumer.undelivered()).isEqualTo(2);
            assertThat(consumer.oldest()).isNotNull();
        });
        assertThat(events.control().forget("push")).isTrue();
        assertThat(events.control().forget("push")).isFalse();
        assertThat(events.control().consumers()).isEmpty();
        assertThat(count("events.delivery")).isZero();
        assertThat(count("jobs.job")).isZero();
        publish(events, new Deposited("a", 3));
        assertThat(count("events.delivery")).isZero();
    }

    @Test
    void refusesWhatCannotBeKept() {
        Events events = node();
        assertThatThrownBy(() -> publish(events, new Deposited("", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 500");
        EventType<String> text = EventType.of("text", String.class);
        assertThatThrownBy(() ->
                        jdbi.useTransaction(handle -> events.in(handle).publish(text, "x".repeat(1024 * 1024))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("1048576");
        assertThatThrownBy(() -> events.consumer("no name")).isInstanceOf(IllegalArgumentException.class);
        events.consumer("push", DEPOSITED, event -> {});
        assertThatThrownBy(() -> events.consumer("push", DEPOSITED, event -> {}))
                .hasMessageContaining("already");
        events.start();
        assertThatThrownBy(() -> events.consumer("other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> jdbi.useTransaction(
                        handle -> Events.create(pool, PostgresJobs.create(pool, c -> {}), c -> c.schema("none"))
                                .in(handle)
                                .publish(DEPOSITED, new Deposited("a", 1))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("Events.migrate");
    }
}
