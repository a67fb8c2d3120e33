package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Empty tables of jobs and events, a table {@code seen} for effects, and nodes that are closed after each test. */
abstract class EventsFixture {
    static final Duration LONG = Duration.ofMinutes(3);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migratedBy("events", source -> {
        PostgresJobs.migrate(source, "jobs");
        Events.migrate(source, "events");
        Jdbi.create(source)
                .useHandle(handle -> handle.execute("create table public.seen"
                        + " (place bigint generated always as identity, consumer text, id uuid, key text, n int)"));
    });

    record Deposited(String account, int n) {}

    static final EventType<Deposited> DEPOSITED =
            EventType.of("account/deposited", Deposited.class).keyedBy(Deposited::account);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    HikariDataSource pool;
    Jdbi jdbi;

    @BeforeEach
    void empty() {
        pool = pool();
        jdbi = Jdbi.create(pool);
        jdbi.useHandle(handle -> handle.execute("truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.job_key,"
                + " jobs.job_event, jobs.job_progress, jobs.queue, jobs.worker, jobs.schedule, events.event,"
                + " events.subscription, events.delivery, public.seen"));
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    final <T extends AutoCloseable> T closing(T one) {
        open.push(one);
        return one;
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(20);
        config.setConnectionInitSql("set lock_timeout = '20s'");
        return closing(new HikariDataSource(config));
    }

    /** {@return events with jobs of their own, as another process has them} */
    final Events node(DataSource source, Consumer<EventsConfig> config) {
        PostgresJobs jobs = closing(PostgresJobs.create(source, own -> {}));
        return closing(Events.create(source, jobs, config.andThen(EventsFixture::quick)));
    }

    final Events node() {
        return node(pool, config -> {});
    }

    private static void quick(EventsConfig config) {
        config.worker(worker -> worker.heartbeat(Duration.ofSeconds(1)).poll(Duration.ofMillis(500)));
    }

    /** What a handler writes in the event's transaction. */
    static void see(EventContext context, Deposited event) {
        context.handle()
                .execute(
                        "insert into public.seen (consumer, id, key, n) values (?, ?, ?, ?)",
                        context.consumer(),
                        context.id(),
                        event.account(),
                        event.n());
    }

    final void publish(Events events, Deposited event) {
        jdbi.useTransaction(handle -> events.in(handle).publish(DEPOSITED, event));
    }

    final long count(String from) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + from)
                .mapTo(Long.class)
                .one());
    }

    final void awaitDelivered() {
        await("delivered", () -> count("events.delivery") == 0);
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
