package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What it asks, and what it finds. */
class HoleWatchTest {
    private static final byte[] BODY = "{\"event\":\"said\"}\n1".getBytes(StandardCharsets.UTF_8);

    private final Server server = new Server();
    private final Map<String, Room> open = new LinkedHashMap<>();
    private final List<String> holes = new ArrayList<>();
    private final HoleWatch watch = new HoleWatch(server, open, room -> holes.add(room.name));

    private Room open(String name, long top) {
        Memory.Limits limits = new Memory.Limits(HistoryLimits.DEFAULT, 1_000, new AtomicLong(), Clock.systemUTC());
        Room room = new Room(name, new Memory(limits), new HubTelemetry(OpenTelemetry.noop()));
        room.apply(new Backlog("e", top, top, List.of()));
        open.put(name, room);
        return room;
    }

    private static RoomMessage message(long offset, long previous) {
        return new RoomMessage("r", "e", offset, previous, Instant.EPOCH, BODY);
    }

    @Test
    void tellsOfWhatHasNotComeByTheNextLook() {
        open("r", 5);
        open("quiet", 5);
        server.say("r", 7);
        watch.look();
        assertThat(holes).isEmpty();
        watch.look();
        assertThat(holes).containsExactly("r");
    }

    @Test
    void doesNotTakeForMissingWhatIsOnItsWay() {
        Room room = open("r", 5);
        server.say("r", 7);
        watch.look();
        room.published(message(7, 5));
        server.say("r", 8);
        watch.look();
        room.published(message(8, 7));
        watch.look();
        assertThat(holes).isEmpty();
    }

    @Test
    void asksOneQuestionWhereNothingIsNew() {
        for (int i = 0; i < 40; i++) {
            open("r" + i, 5);
        }
        server.number = 5;
        watch.look();
        assertThat(server.questions).isEqualTo(41);
        watch.look();
        assertThat(server.questions).isEqualTo(42);
    }

    @Test
    void asksForSomeOfManyRoomsAtATimeAndForAllInTurn() {
        for (int i = 0; i < 120; i++) {
            open("r" + i, 5);
        }
        server.say("r110", 6);
        watch.look();
        assertThat(server.questions).isEqualTo(51);
        watch.look();
        watch.look();
        assertThat(server.questions).isEqualTo(51 + 51 + 21);
        watch.look();
        assertThat(holes).containsExactly("r110");
    }

    /** Knows the last messages of rooms, and counts who asks. */
    private static final class Server extends IdleLink {
        private final Map<String, Long> last = new LinkedHashMap<>();
        private long number;
        private int questions;

        void say(String room, long offset) {
            last.put(room, offset);
            number = offset;
        }

        @Override
        public long last() {
            questions++;
            return number;
        }

        @Override
        public long last(String room) {
            questions++;
            return last.getOrDefault(room, 0L);
        }
    }
}
