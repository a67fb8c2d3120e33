package io.betrue.commands.hub;

import io.betrue.commands.Push;
import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a room up to a position beyond which nothing is known. Unsettled is one that may have missed something: it collects what it hears until the room's
 * backlog is read. Not safe for use by multiple threads: the lock of its room guards it.
 */
final class RoomLog {
    private static final int MOST_HEARD = 1_000;

    private final String name;
    private final Memory memory;
    private final Reader reader;
    private final Deque<RoomMessage> heard = new ArrayDeque<>(1);
    private String epoch = "";
    private long top;
    private long suspected; // the last message at the last look
    private long verified; // the number up to which nothing of the room is missing
    private boolean settled;

    /** Who gets what the log has new. */
    interface Reader {
        /**
         * Gets the next message.
         *
         * @param entry the message
         * @param event as it came
         */
        void next(Memory.Entry entry, Envelope event);

        /**
         * Learns that something is missing that cannot be had.
         *
         * @param from what follows begins after this
         */
        void lost(Joined from);
    }

    RoomLog(String name, Memory memory, Reader reader) {
        this.name = name;
        this.memory = memory;
        this.reader = reader;
    }

    /** {@return whether the room is to be read again} */
    boolean published(RoomMessage message) {
        if (!settled) {
            hear(message);
            return false;
        }
        if (!message.epoch().equals(epoch) || message.previous() > top) {
            unsettle();
            hear(message);
            return true;
        }
        if (message.offset() > top) {
            deliver(message);
        }
        return false;
    }

    private void hear(RoomMessage message) {
        if (heard.size() >= MOST_HEARD) {
            heard.clear(); // the next one shows the hole
        }
        heard.add(message);
    }

    private void deliver(RoomMessage message) {
        Envelope envelope = open(message);
        if (envelope != null) {
            reader.next(keep(message, envelope), envelope);
        }
    }

    private @Nullable Envelope open(RoomMessage message) {
        top = message.offset();
        return Envelope.read(message.body());
    }

    private void keep(RoomMessage message) {
        Envelope envelope = open(message);
        if (envelope != null) {
            keep(message, envelope);
        }
    }

    private Memory.Entry keep(RoomMessage message, Envelope envelope) {
        Push push = Frames.event(envelope.text("event"), name, message.offset(), epoch, envelope.data());
        Memory.Entry entry =
                new Memory.Entry(message.offset(), message.at().toEpochMilli(), push, envelope.exceptions());
        memory.add(entry);
        return entry;
    }

    /** {@return whether nothing is missing now; else it is to be read again} */
    boolean apply(Backlog backlog) {
        if (backlog.epoch().equals(epoch) && backlog.floor() <= top) {
            backlog.messages().stream()
                    .filter(message -> message.offset() > top)
                    .forEach(this::deliver);
            top = Math.max(top, backlog.top());
        } else {
            begin(backlog);
        }
        settled = catchUp();
        return settled;
    }

    /** Something is missing that cannot be had, or this is the first that is known. */
    private void begin(Backlog backlog) {
        memory.clear(backlog.floor());
        epoch = backlog.epoch();
        top = 0;
        verified = 0;
        backlog.messages().forEach(this::keep);
        top = Math.max(backlog.top(), top);
        reader.lost(new Joined(name, false, top, epoch, 0));
    }

    private boolean catchUp() {
        for (RoomMessage message = heard.poll(); message != null; message = heard.poll()) {
            boolean known = message.offset() <= top || !message.epoch().equals(epoch);
            if (!known && message.previous() > top) {
                heard.addFirst(message);
                return false;
            }
            if (!known) {
                deliver(message);
            }
        }
        return true;
    }

    void unsettle() {
        settled = false;
        suspected = 0;
        verified = 0;
    }

    boolean isSettled() {
        return settled;
    }

    /** {@return whether nothing of the room is missing that has at most this number, as far as a look told} */
    boolean isWholeUpTo(long number) {
        return !settled || verified >= number;
    }

    /**
     * Compares with what is known elsewhere. What is on its way is not missing: a message is missed that was the last one at the look before, and has not come since.
     *
     * @param number the last number that was given out to any room, found out before
     * @param last the last one of this room
     * @return what that tells
     */
    Look look(long number, long last) {
        if (!settled) {
            return Look.WHOLE; // it will be read anyway
        }
        if (last <= top) {
            suspected = 0;
            verified = number;
            return Look.WHOLE;
        }
        if (suspected > top) {
            unsettle();
            return Look.MISSED;
        }
        suspected = last;
        return Look.DOUBTFUL;
    }

    /** What a look tells. */
    enum Look {
        WHOLE,
        DOUBTFUL,
        MISSED
    }

    /** {@return whether somebody who knows more than this may have it from another node} */
    boolean isBehind(@Nullable Position since) {
        return since != null && settled && since.offset() > top && since.epoch().equals(epoch);
    }

    /** {@return what somebody is told who enters; the messages {@linkplain #missed follow}} */
    Joined welcome(Member member, @Nullable Position since) {
        memory.expire();
        boolean whole = since != null
                && since.epoch().equals(epoch)
                && since.offset() >= memory.floor()
                && since.offset() <= top;
        long from = whole ? Objects.requireNonNull(since).offset() : top;
        return new Joined(name, whole, from, epoch, missed(member, from).size());
    }

    /** {@return what somebody has missed since an offset} */
    List<Memory.Entry> missed(Member member, long since) {
        return memory.after(since, member);
    }

    /** Forgets what is too old to be sent again. */
    void expire() {
        memory.expire();
    }

    /** Forgets everything. */
    void clear() {
        memory.clear(0);
    }
}
