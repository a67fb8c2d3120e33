package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.postgres.PostgresJobs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written in the event's transaction counts once, whatever fails; what is dead waits for somebody to decide. */
class EventFaultsIT extends EventsFixture {
    private static final Backoff SOON = Backoff.constant(Duration.ofMillis(100));

    /** What happens at a commit. */
    private interface Fault {
        void at(Connection connection) throws SQLException;
    }

    /** {@return the pool, with something that happens at each commit of a handler's transaction} */
    private DataSource faulty(Fault fault) {
        return proxy(DataSource.class, pool, (real, method, arguments) -> {
            Object answer = call(method, real, arguments);
            return answer instanceof Connection connection
                    ? proxy(Connection.class, connection, (own, called, values) -> {
                        if (called.getName().equals("commit")) {
                            fault.at(connection);
                        }
                        return call(called, own, values);
                    })
                    : answer;
        });
    }

    private interface Answer {
        @Nullable
        Object to(Object real, Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                EventFaultsIT.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(real, method, arguments)));
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private Events on(DataSource source) {
        return closing(Events.create(
                source,
                closing(PostgresJobs.create(pool, config -> {})),
                config -> config.worker(
                        worker -> worker.heartbeat(Duration.ofSeconds(1)).poll(Duration.ofMillis(500)))));
    }

    @Test
    void keepsAnEffectOnceWhenConnectionsDieBetweenEffectAndNote() {
        Random random = new Random(7);
        ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);
        AtomicInteger killed = new AtomicInteger();
        DataSource source = faulty(connection -> {
            if (!handling.get()) {
                return;
            }
            handling.set(false);
            int chance;
            synchronized (random) {
                chance = random.nextInt(6);
            }
            if (chance == 0) { // the transaction is lost
                killed.incrementAndGet();
                jdbi.useHandle(handle -> handle.execute(
                        "select pg_terminate_backend(?)",
                        connection.unwrap(org.postgresql.PGConnection.class).getBackendPID()));
            } else if (chance == 1) { // the transaction is kept, and its answer is lost
                killed.incrementAndGet();
                connection.commit();
                throw new SQLException("a fault of the test", "08006");
            }
        });
        Events events = on(source);
        AtomicInteger ran = new AtomicInteger();
        events.consumer("book", DEPOSITED, (context, event) -> {
                    ran.incrementAndGet();
                    see(context, event);
                    handling.set(true);
                })
                .retries(SOON, 100);
        events.start();
        int many = 120;
        jdbi.useTransaction(handle -> events.in(handle)
                .publishAll(
                        DEPOSITED,
                        IntStream.range(0, many)
                                .mapToObj(n -> new Deposited("a" + n % 10, n))
                                .toList()));
        awaitDelivered();
        assertThat(killed).hasValueGreaterThan(10);
        assertThat(ran.get()).isGreaterThan(many);
        List<Integer> seen = jdbi.withHandle(handle -> handle.createQuery("select n from public.seen order by n")
                .mapTo(Integer.class)
                .list());
        assertThat(seen).isEqualTo(IntStream.range(0, many).boxed().toList());
        assertThat(count("(select key, n, lag(n) over (partition by key order by place) as before from public.seen) s"
                        + " where before > n"))
                .isZero();
    }

    /** Another run has the event while a handler hangs: what the first writes does not count. */
    @Test
    void undoesWhatIsWrittenAfterSomebodyElseHasTakenTheEvent() throws Exception {
        Events events = on(pool);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        events.consumer("book", DEPOSITED, (context, event) -> {
                    see(context, event);
                    if (context.job().attempt() == 1) {
                        inside.countDown();
                        assertThat(goOn.await(LONG.toSeconds(), TimeUnit.SECONDS))
                                .isTrue();
                    }
                })
                .retries(SOON, 3);
        events.start();
        publish(events, new Deposited("a", 1));
        publish(events, new Deposited("a", 2));
        assertThat(inside.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        jdbi.useHandle(handle -> handle.execute("update events.delivery set lease = lease + 1 where taken"));
        goOn.countDown();
        awaitDelivered();
        assertThat(seen()).containsExactly(1, 2);
        assertThat(events.control().dead("book")).isEmpty();
        assertThat(count("jobs.job_event where kind = 'ERROR' and text like '%another worker%'"))
                .isEqualTo(1);
    }

    /** A handler that fails for good at number 1 until it is repaired. */
    private final AtomicInteger broken = new AtomicInteger(1);

    private Events breaking(boolean ordered) {
        Events events = on(pool);
        EventConsumer consumer = events.consumer("book", DEPOSITED, (context, event) -> {
                    see(context, event);
                    if (event.n() == broken.get()) {
                        throw new IllegalStateException("no such account");
                    }
                })
                .retries(SOON, 2);
        if (!ordered) {
            consumer.unordered();
        }
        return events.start();
    }

    private DeadEvent awaitDead(Events events) {
        await("dead", () -> !events.control().dead("book").isEmpty());
        assertThat(events.control().dead("book")).hasSize(1);
        return events.control().dead("book").get(0);
    }

    private List<Integer> seen() {
        return jdbi.withHandle(handle -> handle.createQuery("select n from public.seen order by place")
                .mapTo(Integer.class)
                .list());
    }

    @Test
    void holdsAKeyBehindADeadEventUntilItIsRetried() {
        Events events = breaking(true);
        IntStream.rangeClosed(1, 3).forEach(n -> publish(events, new Deposited("a", n)));
        DeadEvent dead = awaitDead(events);
        assertThat(dead.key()).isEqualTo("a");
        assertThat(dead.type()).isEqualTo("account/deposited");
        assertThat(dead.error()).contains("no such account");
        await("parked", () -> count("events.delivery where job is null") == 2);
        assertThat(events.control().dead("book").get(0).waiting()).isEqualTo(2);
        assertThat(seen()).isEmpty();
        broken.set(0);
        assertThat(events.control().retry("book", dead.id())).isTrue();
        awaitDelivered();
        assertThat(seen()).containsExactly(1, 2, 3);
        assertThat(events.control().dead("book")).isEmpty();
        assertThat(events.control().retry("book", dead.id())).isFalse();
        assertThat(events.control().skip("book", dead.id())).isFalse();
    }

    @Test
    void letsAKeyGoOnWhenADeadEventIsSkipped() {
        Events events = breaking(true);
        IntStream.rangeClosed(1, 3).forEach(n -> publish(events, new Deposited("a", n)));
        DeadEvent dead = awaitDead(events);
        assertThat(events.control().skip("book", dead.id())).isTrue();
        awaitDelivered();
        assertThat(seen()).containsExactly(2, 3);
        PostgresJobs jobs = closing(PostgresJobs.create(pool, config -> {}));
        assertThat(jobs.control().list(JobQuery.all().states(JobState.DEAD))).isEmpty();
    }

    @Test
    void holdsNobodyUpWhereNoOrderIsKept() {
        Events events = breaking(false);
        IntStream.rangeClosed(1, 3).forEach(n -> publish(events, new Deposited("a", n)));
        DeadEvent dead = awaitDead(events);
        assertThat(dead.waiting()).isZero();
        await("the others", () -> count("public.seen") == 2);
        broken.set(0);
        assertThat(events.control().retry("book", dead.id())).isTrue();
        awaitDelivered();
        assertThat(seen()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void findsAndRepairsAnEventWhoseJobIsGone() {
        Events events = breaking(true);
        publish(events, new Deposited("a", 1));
        DeadEvent dead = awaitDead(events);
        PostgresJobs jobs = closing(PostgresJobs.create(pool, config -> {}));
        assertThat(jobs.control().discard(dead.job())).isTrue();
        assertThat(events.control().dead("book")).isEmpty(); // not before a day has passed
        jdbi.useHandle(
                handle -> handle.execute("update events.event set published_at = published_at - interval '2 days'"));
        assertThat(events.control().dead("book")).extracting(DeadEvent::id).containsExactly(dead.id());
        broken.set(0);
        assertThat(events.control().retry("book", dead.id())).isTrue();
        awaitDelivered();
        assertThat(seen()).containsExactly(1);
    }

    @Test
    void endsEventsAtReadCommittedWhateverTheSourceSays() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        HikariDataSource strict = closing(new HikariDataSource(config));
        Events events = on(strict);
        ConcurrentLinkedQueue<Integer> isolations = new ConcurrentLinkedQueue<>();
        events.consumer("book", DEPOSITED, (context, event) -> {
            isolations.add(context.connection().getTransactionIsolation());
            see(context, event);
            if (event.n() == 1) { // comes after this transaction has its snapshot
                publish(events, new Deposited("a", 2));
                await("it waits", () -> count("events.delivery where job is null") == 1);
            }
        });
        events.start();
        publish(events, new Deposited("a", 1));
        awaitDelivered();
        assertThat(seen()).containsExactly(1, 2);
        assertThat(isolations).containsOnly(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** Nothing that the first node does reaches the database any more, in the middle of a handler. */
    @Test
    void goesOnElsewhereWhenANodeDiesWithAnEventInHand() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        HikariDataSource doomed = closing(new HikariDataSource(config));
        Events first = closing(Events.create(
                doomed,
                closing(PostgresJobs.create(doomed, own -> {})),
                own -> own.worker(
                        worker -> worker.heartbeat(Duration.ofMillis(500)).stopWithin(Duration.ofSeconds(1)))));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        first.consumer("book", DEPOSITED, (context, event) -> {
            see(context, event);
            inside.countDown();
            assertThat(goOn.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        });
        first.start();
        IntStream.rangeClosed(1, 3).forEach(n -> publish(first, new Deposited("a", n)));
        assertThat(inside.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        doomed.close();
        Events second = on(pool);
        second.consumer("book", DEPOSITED, EventsFixture::see);
        second.start();
        awaitDelivered();
        goOn.countDown();
        assertThat(seen()).containsExactly(1, 2, 3);
        assertThat(count("jobs.job_event where kind = 'RESCUED'"))
                .as("the first event's job, and those that the node had not begun")
                .isBetween(1L, 3L);
    }

    @Test
    void skipsAnEventWhileItsHandlerRuns() throws Exception {
        Events events = on(pool);
        CountDownLatch inside = new CountDownLatch(1);
        events.consumer("book", DEPOSITED, (context, event) -> {
            see(context, event);
            if (event.n() == 1) {
                inside.countDown();
                assertThat(new CountDownLatch(1)
                                .await(LONG.toSeconds(), TimeUnit.SECONDS)) // until the job is cancelled
                        .isTrue();
            }
        });
        events.start();
        UUID id = jdbi.inTransaction(handle ->
                events.in(handle).publish(DEPOSITED, new Deposited("a", 1)).id());
        publish(events, new Deposited("a", 2));
        assertThat(inside.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(events.control().skip("book", id)).isTrue();
        awaitDelivered();
        assertThat(seen()).containsExactly(2);
    }
}
