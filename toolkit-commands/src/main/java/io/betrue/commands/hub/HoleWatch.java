package io.betrue.commands.hub;

import io.betrue.commands.hub.Broadcaster.Link;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds rooms that have missed messages and cannot know it: no later message came, nothing was told about the connection. It asks one question at each look, and one for
 * each room that may have got something since it was found whole: some rooms at a time, and for half a second at most. Used by one thread at a time.
 */
final class HoleWatch {
    private static final int LEAST_ROOMS = 50;
    private static final int LOOKS_FOR_ALL = 20;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Link link;
    private final Map<String, Room> open;
    private final Consumer<Room> hole;
    private Set<Room> doubtful = new LinkedHashSet<>();
    private Iterator<Room> round = Collections.emptyIterator();

    HoleWatch(Link link, Map<String, Room> open, Consumer<Room> hole) {
        this.link = link;
        this.open = open;
        this.hole = hole;
    }

    /**
     * Looks once.
     *
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if nobody answers
     */
    void look() {
        long until = System.nanoTime() + MOST_NANOS;
        long number = link.last();
        Set<Room> again = doubtful;
        doubtful = new LinkedHashSet<>();
        for (Room room : again) {
            look(room, number);
        }
        int asked = 0;
        int most = Math.max(LEAST_ROOMS, open.size() / LOOKS_FOR_ALL);
        for (int left = open.size(); left > 0 && asked < most && System.nanoTime() < until; left--) {
            if (!round.hasNext()) {
                round = open.values().iterator();
            }
            Room room = round.hasNext() ? round.next() : null;
            if (room != null && !again.contains(room) && !room.isWholeUpTo(number)) {
                look(room, number);
                asked++;
            }
        }
    }

    private void look(Room room, long number) {
        if (open.get(room.name) != room) {
            return;
        }
        switch (room.look(number, link.last(room.name))) {
            case DOUBTFUL -> doubtful.add(room);
            case MISSED -> hole.accept(room);
            case WHOLE -> {}
        }
    }
}
