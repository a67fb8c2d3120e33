package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Consumers whose processes are killed while they handle events. */
class EventProcessIT extends EventsFixture {
    private static final int MANY = 600;
    private static final int KILLS = 4;

    @Test
    void keepsEachEffectOnceAndInOrderWhenItsProcessesAreKilled() throws Exception {
        Events publisher = node();
        publisher.consumer(ConsumerProcess.CONSUMER, DEPOSITED, EventsFixture::see);
        publisher.declare();
        jdbi.useTransaction(handle -> publisher
                .in(handle)
                .publishAll(
                        DEPOSITED,
                        IntStream.range(0, MANY)
                                .mapToObj(n -> new Deposited("a" + n % 8, n))
                                .toList()));
        for (int kill = 1; kill <= KILLS; kill++) {
            long enough = (long) MANY / (KILLS + 1) * kill;
            try (ConsumerProcess victim = ConsumerProcess.start(DATABASE.jdbcUrl())) {
                await("work before kill " + kill, () -> count("public.seen") > enough);
                victim.kill();
            }
        }
        assertThat(count("events.delivery")).as("left by the kills").isPositive();

        try (ConsumerProcess survivor = ConsumerProcess.start(DATABASE.jdbcUrl())) {
            awaitDelivered();
            assertThat(survivor.isAlive()).isTrue();
        }

        List<Integer> seen = jdbi.withHandle(handle -> handle.createQuery("select n from public.seen order by n")
                .mapTo(Integer.class)
                .list());
        assertThat(seen).isEqualTo(IntStream.range(0, MANY).boxed().toList());
        assertThat(count("(select key, n, lag(n) over (partition by key order by place) as before from public.seen) s"
                        + " where before > n"))
                .as("out of order")
                .isZero();
        assertThat(count("jobs.job_event where kind = 'RESCUED'"))
                .as("events in hand at a kill")
                .isPositive();
    }
}
