package io.betrue.commands.hub;

import io.betrue.commands.Connection;
import io.betrue.commands.Push;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that the hub knows. Safe for use by multiple threads. */
final class Member {
    private final Connection connection;
    private final Object lock = new Object();
    private volatile @Nullable String user;
    private volatile Set<String> tags = Set.of();
    private @Nullable Set<String> rooms; // guarded by the lock; null until there is one
    private boolean gone; // guarded by the lock

    Member(Connection connection) {
        this.connection = connection;
    }

    String session() {
        return connection.id();
    }

    Connection connection() {
        return connection;
    }

    @Nullable
    String user() {
        return user;
    }

    Set<String> tags() {
        return tags;
    }

    void describe(@Nullable String id, Set<String> all) {
        user = id;
        tags = all;
    }

    boolean send(Push push) {
        return connection.send(push);
    }

    /** {@return whether the connection is there and may be in one room more} */
    boolean enters(String room, int most) {
        synchronized (lock) {
            if (gone) {
                return false;
            }
            if (rooms == null) {
                rooms = new HashSet<>(2);
            }
            return rooms.contains(room) || (rooms.size() < most && rooms.add(room));
        }
    }

    void left(String room) {
        synchronized (lock) {
            if (rooms != null) {
                rooms.remove(room);
            }
        }
    }

    boolean isIn(String room) {
        synchronized (lock) {
            return rooms != null && rooms.contains(room);
        }
    }

    boolean isGone() {
        synchronized (lock) {
            return gone;
        }
    }

    /** {@return the rooms that it was in when it went} */
    Set<String> goes() {
        synchronized (lock) {
            gone = true;
            return rooms == null ? Set.of() : Set.copyOf(rooms);
        }
    }

    boolean is(Audience.Part part) {
        return switch (part.kind()) {
            case ALL -> true;
            case USER -> part.value().equals(user);
            case SESSION -> part.value().equals(session());
            case TAG -> tags.contains(part.value());
            case ROOM -> isIn(part.value());
        };
    }

    boolean isAny(Iterable<Audience.Part> parts) {
        for (Audience.Part part : parts) {
            if (is(part)) {
                return true;
            }
        }
        return false;
    }
}
