package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Backoff;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events of one key come one after the other, in the order in which they were published, and none is lost. */
class EventOrderIT extends EventsFixture {
    private static final long SEED = 20_261_121;

    /** Fails when two events of one key are with a consumer at once. */
    private static final class OneAtATime {
        private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        private final List<String> overlaps = Collections.synchronizedList(new ArrayList<>());

        EventHandler<Deposited> around(EventHandler<Deposited> handler) {
            return (context, event) -> {
                String lane = context.consumer() + ' ' + event.account();
                AtomicInteger count = inside.computeIfAbsent(lane, key -> new AtomicInteger());
                if (count.incrementAndGet() > 1) {
                    overlaps.add(lane + ' ' + event.n());
                }
                try {
                    handler.on(context, event);
                } finally {
                    count.decrementAndGet();
                }
            };
        }
    }

    private Map<String, List<Integer>> seen(String consumer) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select key, n from public.seen where consumer = ? order by place")
                .bind(0, consumer)
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /**
     * Four publishers raise counters of 200 accounts under their row locks and publish each step; some transactions take several accounts, some are rolled
     * back. Two nodes take the events for two consumers, one of which fails now and then.
     */
    @Test
    void keepsTheOrderOfEachKeyUnderLoadOnTwoNodes() throws Exception {
        int keys = 200;
        int each = 50;
        jdbi.useHandle(handle -> {
            handle.execute("drop table if exists public.account");
            handle.execute("create table public.account (id int primary key, n int not null default 0)");
            handle.execute("insert into public.account select i from generate_series(0, ?) i", keys - 1);
        });
        OneAtATime guard = new OneAtATime();
        Random faults = new Random(SEED);
        for (int i = 0; i < 2; i++) {
            Events events = node();
            events.consumer("book", DEPOSITED, guard.around(EventsFixture::see)).slots(6);
            events.consumer("shaky", DEPOSITED, guard.around((context, event) -> {
                        see(context, event);
                        if (event.n() % 10 == 5 && faults.nextInt(20) == 0) {
                            throw new IllegalStateException("a fault of the test");
                        }
                    }))
                    .slots(6)
                    .retries(Backoff.constant(Duration.ofMillis(50)), 20);
            events.start();
        }
        Events publisher = node();
        ExecutorService publishers = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            Random random = new Random(SEED + p);
            ends.add(publishers.submit(() -> publishAll(publisher, random, keys, each)));
        }
        for (Future<?> end : ends) {
            end.get(120, TimeUnit.SECONDS);
        }
        publishers.shutdown();
        awaitDelivered();

        List<Integer> all = IntStream.rangeClosed(1, each).boxed().toList();
        for (String consumer : List.of("book", "shaky")) {
            Map<String, List<Integer>> seen = seen(consumer);
            assertThat(seen).hasSize(keys);
            assertThat(seen)
                    .allSatisfy((key, order) ->
                            assertThat(order).as(consumer + ' ' + key).isEqualTo(all));
        }
        assertThat(guard.overlaps).isEmpty();
        assertThat(count("events.event")).isEqualTo((long) keys * each);
    }

    /** Raises accounts that are not full yet, a few in a transaction, until all are. */
    private void publishAll(Events events, Random random, int keys, int each) {
        List<Integer> left = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
        while (!left.isEmpty()) {
            List<Integer> some = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(i -> left.get(random.nextInt(left.size())))
                    .distinct()
                    .sorted()
                    .toList();
            boolean undone = random.nextInt(15) == 0;
            List<Integer> full = new ArrayList<>();
            jdbi.useHandle(handle -> {
                handle.begin();
                for (int account : some) {
                    handle.createQuery("update public.account set n = n + 1 where id = ? and n < ? returning n")
                            .bind(0, account)
                            .bind(1, each)
                            .mapTo(Integer.class)
                            .findOne()
                            .ifPresentOrElse(
                                    n -> events.in(handle).publish(DEPOSITED, new Deposited("a" + account, n)),
                                    () -> full.add(account));
                }
                if (undone) {
                    handle.rollback();
                } else {
                    handle.commit();
                }
            });
            left.removeAll(full);
        }
    }

    /** Without a lock of their own, transactions that publish the same key end in any order: nothing is lost, nothing comes twice, none at the same time. */
    @Test
    void losesNothingWhenTransactionsEndInAnotherOrderThanTheyPublished() throws Exception {
        OneAtATime guard = new OneAtATime();
        for (int i = 0; i < 2; i++) {
            Events events = node();
            events.consumer("book", DEPOSITED, guard.around(EventsFixture::see));
            events.start();
        }
        Events publisher = node();
        Random random = new Random(SEED);
        int rounds = 40;
        int width = 8;
        int ended = 0;
        for (int round = 0; round < rounds; round++) {
            List<Connection> open = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                Connection connection = pool.getConnection();
                connection.setAutoCommit(false);
                publisher.in(connection).publish(DEPOSITED, new Deposited("a" + random.nextInt(3), round * width + i));
                open.add(connection);
            }
            Collections.shuffle(open, random);
            for (Connection connection : open) {
                connection.commit();
                connection.setAutoCommit(true);
                connection.close();
                ended++;
                if (random.nextInt(4) == 0) { // lets consumers get behind what has not ended
                    long soFar = ended;
                    await("what has ended", () -> count("public.seen") == soFar);
                }
            }
        }
        awaitDelivered();
        List<Integer> all = jdbi.withHandle(handle -> handle.createQuery("select n from public.seen order by n")
                .mapTo(Integer.class)
                .list());
        assertThat(all).isEqualTo(IntStream.range(0, rounds * width).boxed().toList());
        assertThat(guard.overlaps).isEmpty();
    }

    @Test
    void bringsAnEventWhoseTransactionEndsAfterTheOneBehindItWasTaken() throws Exception {
        Events events = node();
        CountDownLatch inSecond = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        events.consumer("book", DEPOSITED, (context, event) -> {
            order.add(event.n());
            if (event.n() == 2) {
                inSecond.countDown();
                assertThat(goOn.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            order.add(-event.n());
        });
        events.start();
        try (Connection late = pool.getConnection()) {
            late.setAutoCommit(false);
            events.in(late).publish(DEPOSITED, new Deposited("a", 1));
            publish(events, new Deposited("a", 2));
            publish(events, new Deposited("a", 3));
            assertThat(inSecond.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            late.commit();
            late.setAutoCommit(true);
        }
        await("both wait", () -> count("events.delivery where job is null") == 2);
        goOn.countDown();
        awaitDelivered();
        assertThat(order).containsExactly(2, -2, 1, -1, 3, -3);
    }

    @Test
    void letsOtherKeysGoOnWhileOneFails() throws Exception {
        Events events = node();
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch repaired = new CountDownLatch(1);
        events.consumer("book", DEPOSITED, (context, event) -> {
                    if (event.account().equals("bad") && event.n() == 1 && repaired.getCount() > 0) {
                        failed.countDown();
                        throw new IllegalStateException("a fault of the test");
                    }
                    see(context, event);
                })
                .slots(2)
                .retries(Backoff.constant(Duration.ofMillis(200)), 1_000);
        events.start();
        IntStream.rangeClosed(1, 20).forEach(n -> {
            publish(events, new Deposited("bad", n));
            publish(events, new Deposited("good", n));
            publish(events, new Deposited("better", n));
        });
        assertThat(failed.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await("the others", () -> count("public.seen") == 40);
        List<Integer> all = IntStream.rangeClosed(1, 20).boxed().toList();
        assertThat(seen("book"))
                .containsOnlyKeys("good", "better")
                .allSatisfy((key, order) -> assertThat(order).isEqualTo(all));
        repaired.countDown();
        awaitDelivered();
        assertThat(seen("book").get("bad")).isEqualTo(all);
    }
}
