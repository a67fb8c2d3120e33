package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Commands;
import io.betrue.commands.Deadline;
import io.betrue.commands.hub.Broadcaster.Backlog;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rooms of a node do while the broadcaster is slow. */
class RoomsTest {
    private static final String QUIET = "Aa"; // has the hash of BB, so the same gate
    private static final String SLOW = "BB";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Slow broadcaster = new Slow();
    private final Commands commands = Commands.of(c -> {});
    private final Rooms rooms = new Rooms(
            broadcaster,
            threads,
            new Memory.Limits(HistoryLimits.DEFAULT, 1_000, new AtomicLong(), Clock.systemUTC()),
            new HubTelemetry(OpenTelemetry.noop()),
            new HubConfig());

    @AfterEach
    void close() {
        broadcaster.answers.countDown();
        threads.shutdown();
        commands.close();
    }

    private Member join(String room) {
        Member member = new Member(new Client("anna", commands));
        rooms.join(member, room, null, Deadline.in(Duration.ofSeconds(20)));
        return member;
    }

    private void tick() throws Exception {
        Future<?> tick = threads.submit(() -> rooms.tick(0));
        tick.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closesARoomInWhichNobodyIs() throws Exception {
        Member member = join(QUIET);
        tick();
        assertThat(rooms.find(QUIET)).isNotNull();
        rooms.leave(member, QUIET);
        rooms.tick();
        assertThat(rooms.find(QUIET)).isNotNull(); // it lingers
        tick();
        assertThat(rooms.find(QUIET)).isNull();
        assertThat(broadcaster.heard).isEmpty();
        join(QUIET);
        assertThat(broadcaster.heard).containsExactly(QUIET);
    }

    @Test
    void aRoomThatIsOpenedSlowlyDoesNotHoldUpTheTick() throws Exception {
        rooms.leave(join(QUIET), QUIET);
        Future<Member> joining = threads.submit(() -> join(SLOW));
        assertThat(broadcaster.asked.await(10, TimeUnit.SECONDS)).isTrue();
        tick();
        assertThat(rooms.find(QUIET)).isNotNull();
        broadcaster.answers.countDown();
        assertThat(joining.get(10, TimeUnit.SECONDS)).isNotNull();
        tick();
        assertThat(rooms.find(QUIET)).isNull();
        assertThat(broadcaster.heard).containsExactly(SLOW);
    }

    /** A broadcaster that lets one room wait. */
    private static final class Slow extends IdleLink {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answers = new CountDownLatch(1);
        private final Set<String> heard = ConcurrentHashMap.newKeySet();

        @Override
        public Backlog open(String room) {
            if (room.equals(SLOW)) {
                asked.countDown();
                try {
                    assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            heard.add(room);
            return backlog(room);
        }

        @Override
        public void leave(String room) {
            heard.remove(room);
        }

        @Override
        public void close() {
            answers.countDown();
        }
    }
}
