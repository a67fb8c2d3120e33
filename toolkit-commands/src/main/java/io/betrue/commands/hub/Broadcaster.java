package io.betrue.commands.hub;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What joins hubs to one: it gives the messages of each room one order for all of them, keeps the latest, and carries what hubs tell each other.
 *
 * <p>Offsets grow with each message of a room, over all hubs, and mean something within one epoch only: whoever implements this and cannot say that a message which
 * it numbered is still known by that number begins a new epoch. Implementations are safe for use by multiple threads.
 */
public interface Broadcaster extends AutoCloseable {
    /**
     * {@return a broadcaster for hubs of one process}
     *
     * @param limits how much it keeps
     */
    static Broadcaster inMemory(HistoryLimits limits) {
        return new MemoryBroadcaster(limits);
    }

    /** {@return how much it keeps of each room} */
    HistoryLimits limits();

    /**
     * Joins a hub to the others.
     *
     * @param node the hub's name, of letters and digits
     * @param listener what the hub hears
     * @return the hub's end, until the hub closes it
     */
    Link link(String node, Listener listener);

    /** Ends whatever is the broadcaster's own. Closing twice does no harm. */
    @Override
    void close();

    /**
     * One message of a room.
     *
     * @param room the room
     * @param epoch in which counting
     * @param offset its number
     * @param previous the number of the message before it in this room, or 0 if that is not known any more
     * @param at when it was numbered
     * @param body what it says
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes it
    record RoomMessage(String room, String epoch, long offset, long previous, Instant at, byte[] body) {}

    /**
     * What is kept of a room.
     *
     * @param epoch in which counting
     * @param floor from which offset on it is whole: every message with a greater one, up to the top, is among the messages, and no other
     * @param top up to which offset it was read, at least
     * @param messages the messages that are kept, in order
     */
    record Backlog(String epoch, long floor, long top, List<RoomMessage> messages) {}

    /** A hub's end. Its methods may wait for an answer of the server, but for {@link #publish} and {@link #tell}. */
    interface Link extends AutoCloseable {
        /**
         * Numbers a message and has every hub hear it that opened the room, this one included. Two messages published one after the other by a thread are numbered in
         * that order.
         *
         * @param room the room
         * @param body what it says
         * @return ends when it is numbered; fails with UNAVAILABLE if that is not known
         */
        CompletionStage<Void> publish(String room, byte[] body);

        /**
         * Tells all other hubs something, each at most once.
         *
         * @param body what to tell
         * @return whether it was sent
         */
        boolean tell(byte[] body);

        /**
         * Tells one hub something, at most once.
         *
         * @param node the name of the hub
         * @param body what to tell
         * @return whether it was sent
         */
        boolean tell(String node, byte[] body);

        /**
         * Has the hub hear the messages of a room from now on. A room that is open already is heard anew: whatever made its messages come does so no more, and something
         * else does.
         *
         * @param room the room
         * @return what is kept: together with what is heard it has no hole
         * @throws io.betrue.errors.ProblemException UNAVAILABLE if it cannot be read
         */
        Backlog open(String room);

        /**
         * {@return what is kept of a room that is open, read again}
         *
         * @param room the room
         * @throws io.betrue.errors.ProblemException UNAVAILABLE if it cannot be read
         */
        Backlog backlog(String room);

        /**
         * {@return the offset of the last message of a room, or 0 if that is not known any more}
         *
         * @param room the room
         * @throws io.betrue.errors.ProblemException UNAVAILABLE if it cannot be read
         */
        long last(String room);

        /**
         * {@return the last number that was given out to a message of any room: where nothing has a greater one than at an earlier look, nothing new is to be had}
         *
         * @throws io.betrue.errors.ProblemException UNAVAILABLE if it cannot be read
         */
        long last();

        /**
         * Has the hub hear a room no longer.
         *
         * @param room the room
         */
        void leave(String room);

        @Override
        void close();
    }

    /** What a hub hears. Its methods do not wait. */
    interface Listener {
        /**
         * Hears a message of a room that is open, in the order of the room.
         *
         * @param message the message
         */
        void published(RoomMessage message);

        /**
         * Hears what another hub tells.
         *
         * @param body what it tells
         */
        void told(byte[] body);

        /** Learns that messages may be lost from now on. */
        void interrupted();

        /** Learns that messages come again; those of the time between are to be read with {@link Link#backlog}. */
        void restored();
    }
}
