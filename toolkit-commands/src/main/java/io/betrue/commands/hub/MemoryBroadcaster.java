package io.betrue.commands.hub;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Joins hubs of one process. One lock orders everything, and offsets count over all rooms. */
final class MemoryBroadcaster implements Broadcaster {
    private static final int MAX_ROOMS = 10_000;

    private final HistoryLimits limits;
    private final Clock clock = Clock.systemUTC();
    private final String epoch = Names.random();
    private final Map<String, End> ends = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final Map<String, Deque<RoomMessage>> rooms = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Long> floors = new HashMap<>();
    private long offset;
    private long floor; // of rooms that are not known

    MemoryBroadcaster(HistoryLimits limits) {
        this.limits = limits;
    }

    @Override
    public HistoryLimits limits() {
        return limits;
    }

    @Override
    public Link link(String node, Listener listener) {
        End end = new End(node, listener);
        if (ends.putIfAbsent(node, end) != null) {
            throw new IllegalArgumentException("there is a hub named " + node + " already");
        }
        return end;
    }

    @Override
    public void close() {
        ends.clear();
    }

    private void publishNow(String room, byte[] body) {
        synchronized (lock) {
            Deque<RoomMessage> kept = rooms.get(room);
            if (kept == null) {
                kept = new ArrayDeque<>();
                rooms.put(room, kept);
                floors.put(room, floor); // it may have been known before
            }
            Instant now = clock.instant();
            RoomMessage last = kept.peekLast();
            RoomMessage message = new RoomMessage(room, epoch, ++offset, last == null ? 0 : last.offset(), now, body);
            kept.add(message);
            trim(room, kept, now.minus(limits.positions()));
            forgetRooms();
            ends.values().stream()
                    .filter(end -> end.open.contains(room))
                    .forEach(end -> end.listener.published(message));
        }
    }

    /** One more than can be sent again: who knows the oldest has missed all others at most. */
    private void trim(String room, Deque<RoomMessage> kept, Instant oldest) {
        while (!kept.isEmpty()
                && (kept.size() > limits.messages() + 1 || kept.getFirst().at().isBefore(oldest))) {
            floors.put(room, kept.removeFirst().offset());
        }
    }

    private void forgetRooms() {
        Iterator<Map.Entry<String, Deque<RoomMessage>>> longestUnused =
                rooms.entrySet().iterator();
        while (rooms.size() > MAX_ROOMS) {
            Map.Entry<String, Deque<RoomMessage>> forgotten = longestUnused.next();
            RoomMessage last = forgotten.getValue().peekLast();
            floor = Math.max(floor, last == null ? 0 : last.offset());
            floors.remove(forgotten.getKey());
            longestUnused.remove();
        }
    }

    private Backlog read(String room) {
        synchronized (lock) {
            Deque<RoomMessage> kept = rooms.get(room);
            if (kept == null) {
                return new Backlog(epoch, floor, offset, List.of());
            }
            trim(room, kept, clock.instant().minus(limits.positions()));
            return new Backlog(epoch, floors.getOrDefault(room, floor), offset, List.copyOf(kept));
        }
    }

    private void tellAll(String from, byte[] body) {
        ends.forEach((node, end) -> {
            if (!node.equals(from)) {
                end.listener.told(body);
            }
        });
    }

    private boolean tellOne(String node, byte[] body) {
        End end = ends.get(node);
        if (end != null) {
            end.listener.told(body);
        }
        return end != null;
    }

    private long last(String room) {
        synchronized (lock) {
            Deque<RoomMessage> kept = rooms.get(room);
            @Nullable RoomMessage last = kept == null ? null : kept.peekLast();
            return last == null ? 0 : last.offset();
        }
    }

    /** One hub's. */
    private final class End implements Link {
        private final String node;
        private final Listener listener;
        private final Set<String> open = ConcurrentHashMap.newKeySet();

        End(String node, Listener listener) {
            this.node = node;
            this.listener = listener;
        }

        @Override
        public CompletionStage<Void> publish(String room, byte[] body) {
            publishNow(room, body);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public boolean tell(byte[] body) {
            tellAll(node, body);
            return true;
        }

        @Override
        public boolean tell(String other, byte[] body) {
            return tellOne(other, body);
        }

        @Override
        public Backlog open(String room) {
            synchronized (lock) {
                open.add(room);
                return read(room);
            }
        }

        @Override
        public Backlog backlog(String room) {
            return read(room);
        }

        @Override
        public long last(String room) {
            return MemoryBroadcaster.this.last(room);
        }

        @Override
        public long last() {
            synchronized (lock) {
                return offset;
            }
        }

        @Override
        public void leave(String room) {
            open.remove(room);
        }

        @Override
        public void close() {
            ends.remove(node, this);
        }
    }
}
