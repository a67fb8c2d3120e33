package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.nats.NatsJobs;
import io.betrue.jobs.nats.NatsOutbox;
import io.betrue.testsupport.TestDatabase;
import io.betrue.testsupport.TestNats;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same events where jobs are on NATS: they are kept in PostgreSQL, and their jobs go through the outbox. */
class EventsNatsIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final String namespace = NATS.namespace();
    private HikariDataSource pool;
    private Jdbi jdbi;

    @BeforeEach
    void makeTables() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(20);
        pool = closing(new HikariDataSource(config));
        jdbi = Jdbi.create(pool);
        jdbi.useHandle(handle -> handle.execute("create table public.seen"
                + " (place bigint generated always as identity, consumer text, id uuid, key text, n int)"));
        NatsOutbox.migrate(pool, "outbox");
        Events.migrate(pool, "events");
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.push(one);
        return one;
    }

    private Events node() {
        NatsJobs jobs = closing(NatsJobs.connect(NATS.url(), config -> config.namespace(namespace)));
        // tag::nats[]
        NatsOutbox outbox =
                NatsOutbox.create(pool, jobs, config -> config.schema("outbox")).start();
        Events events = Events.create(pool, jobs, outbox::in, config -> config.schema("events"));
        // end::nats[]
        closing(outbox);
        return closing(events);
    }

    @Test
    void keepsEffectsOnceAndKeysInOrder() {
        Random faults = new Random(11);
        for (int i = 0; i < 2; i++) {
            Events events = node();
            events.consumer("book", EventsFixture.DEPOSITED, (context, event) -> {
                        EventsFixture.see(context, event);
                        if (event.n() % 10 == 5 && faults.nextInt(3) == 0) {
                            throw new IllegalStateException("a fault of the test");
                        }
                    })
                    .retries(Backoff.constant(Duration.ofMillis(100)), 20);
            events.start();
        }
        Events publisher = node();
        for (int n = 1; n <= 30; n++) {
            int now = n;
            jdbi.useTransaction(handle -> publisher
                    .in(handle)
                    .publishAll(
                            EventsFixture.DEPOSITED,
                            IntStream.range(0, 5)
                                    .mapToObj(key -> new EventsFixture.Deposited("a" + key, now))
                                    .toList()));
        }
        EventsFixture.await(
                "delivered",
                () -> jdbi.withHandle(handle -> handle.createQuery("select count(*) from events.delivery")
                                .mapTo(Long.class)
                                .one())
                        == 0);
        for (int key = 0; key < 5; key++) {
            int account = key;
            List<Integer> seen = jdbi.withHandle(
                    handle -> handle.createQuery("select n from public.seen where key = ? order by place")
                            .bind(0, "a" + account)
                            .mapTo(Integer.class)
                            .list());
            assertThat(seen).isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
        }
    }
}
