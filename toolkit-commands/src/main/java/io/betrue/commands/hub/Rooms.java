package io.betrue.commands.hub;

import io.betrue.commands.Deadline;
import io.betrue.commands.hub.Broadcaster.Link;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of this node: those in which somebody is, or was a moment ago. Safe for use by multiple threads. */
final class Rooms {
    private static final Logger log = LoggerFactory.getLogger(Rooms.class);
    private static final long LINGER_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST_READS = 5;
    private static final int GATES = 64;

    private final Link link;
    private final Executor workers;
    private final Memory.Limits limits;
    private final int mostRooms;
    private final int mostRoomsPerConnection;
    private final HubTelemetry telemetry;
    private final Map<String, Room> open = new ConcurrentHashMap<>();
    private final ReentrantLock[] gates = new ReentrantLock[GATES]; // whoever opens or closes a room holds its gate
    private final HoleWatch watch;
    private final AtomicBoolean watching = new AtomicBoolean();

    Rooms(Link link, Executor workers, Memory.Limits limits, HubTelemetry telemetry, HubConfig config) {
        this.link = link;
        this.workers = workers;
        this.limits = limits;
        this.telemetry = telemetry;
        this.mostRooms = config.maxRooms;
        this.mostRoomsPerConnection = config.maxRoomsPerConnection;
        this.watch = new HoleWatch(link, open, this::hearAnew);
        for (int i = 0; i < GATES; i++) {
            gates[i] = new ReentrantLock();
        }
    }

    private ReentrantLock gate(String name) {
        return gates[Math.floorMod(name.hashCode(), GATES)];
    }

    @Nullable
    Room find(String name) {
        return open.get(name);
    }

    void published(RoomMessage message) {
        Room room = open.get(message.room());
        if (room != null && room.published(message)) {
            settle(room);
        }
    }

    Joined join(Member member, String name, @Nullable Position since, Deadline deadline) {
        for (int i = 0; i < MOST_READS; i++) {
            Room room = open(name);
            Joined joined = room.join(member, since, deadline, mostRoomsPerConnection);
            if (joined != null) {
                if (member.isGone()) {
                    room.leave(member);
                }
                return joined;
            }
        }
        throw unavailable();
    }

    private static ProblemException unavailable() {
        return StandardError.UNAVAILABLE
                .problem()
                .detail("The messages of the room cannot be read now.")
                .toException();
    }

    private Room open(String name) {
        Room known = open.get(name);
        if (known != null && !known.isClosed()) {
            return known;
        }
        ReentrantLock gate = gate(name);
        gate.lock();
        try {
            known = open.get(name);
            if (known != null) {
                return known;
            }
            if (open.size() >= mostRooms) {
                throw StandardError.UNAVAILABLE
                        .problem()
                        .detail("There are {most} rooms open already.", mostRooms)
                        .toException();
            }
            return load(new Room(name, new Memory(limits), telemetry));
        } finally {
            gate.unlock();
        }
    }

    private Room load(Room room) {
        open.put(room.name, room);
        boolean loaded = false;
        try {
            loaded = room.apply(link.open(room.name)) || read(room);
            return room;
        } finally {
            if (!loaded) {
                room.close();
                open.remove(room.name, room);
                link.leave(room.name);
            }
        }
    }

    /** {@return whether nothing is missing now} */
    private boolean read(Room room) {
        room.reader.lock();
        try {
            for (int i = 0; i < MOST_READS; i++) {
                if (room.apply(link.backlog(room.name))) {
                    return true;
                }
            }
            return false;
        } finally {
            room.reader.unlock();
        }
    }

    private void settle(Room room) {
        try {
            workers.execute(() -> tryToSettle(room));
        } catch (RejectedExecutionException tooMany) {
            log.debug("room is read later", tooMany); // by the next tick
        }
    }

    private void tryToSettle(Room room) {
        if (room.isSettled() || open.get(room.name) != room) {
            return;
        }
        try {
            read(room);
        } catch (ProblemException e) {
            log.debug("a room cannot be read now, and is tried again", e);
        }
    }

    void leave(Member member, String name) {
        Room room = open.get(name);
        if (room != null) {
            room.leave(member);
        } else {
            member.left(name);
        }
    }

    void interrupted() {
        open.values().forEach(Room::unsettle);
    }

    void restored() {
        open.values().forEach(this::settle);
    }

    /** Once a second: tries again what failed, forgets what is old, closes rooms where nobody is, and looks whether some fell behind without knowing. */
    void tick() {
        tick(LINGER_NANOS);
    }

    void tick(long lingerNanos) {
        for (Room room : open.values()) {
            room.expire();
            if (!room.isSettled()) {
                settle(room);
            } else {
                closeIfEmpty(room, lingerNanos);
            }
        }
        if (watching.compareAndSet(false, true)) {
            try {
                workers.execute(this::watch);
            } catch (RejectedExecutionException tooMany) {
                watching.set(false);
                log.debug("rooms are looked at later", tooMany);
            }
        }
    }

    private void watch() {
        try {
            watch.look();
        } catch (ProblemException e) {
            log.debug("rooms cannot be looked at now", e);
        } finally {
            watching.set(false);
        }
    }

    /** A room has missed something and was not told: whatever it is heard by is not to be trusted any more. */
    private void hearAnew(Room room) {
        log.warn("Messages of a room did not come to this node; they are read, and the room is heard anew");
        ReentrantLock gate = gate(room.name);
        gate.lock();
        room.reader.lock();
        try {
            if (open.get(room.name) == room && !room.apply(link.open(room.name))) {
                settle(room);
            }
        } finally {
            room.reader.unlock();
            gate.unlock();
        }
    }

    /** Waits for nobody: whoever opens a room may hold the gate for as long as the broadcaster takes, and the next tick comes soon. */
    private void closeIfEmpty(Room room, long lingerNanos) {
        ReentrantLock gate = gate(room.name);
        if (room.isEmpty() && gate.tryLock()) {
            try {
                if (room.closeIfEmpty(lingerNanos) && open.remove(room.name, room)) {
                    link.leave(room.name);
                }
            } finally {
                gate.unlock();
            }
        }
    }

    int count() {
        return open.size();
    }
}
