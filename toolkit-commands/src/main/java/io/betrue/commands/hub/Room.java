package io.betrue.commands.hub;

import io.betrue.commands.Deadline;
import io.betrue.commands.Push;
import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.betrue.commands.hub.Presence.Present;
import io.betrue.errors.StandardError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A room on this node: who is in it, and its {@linkplain RoomLog messages}. While those are unsettled nobody comes in. Its lock is never held while another room's is
 * wanted. Safe for use by multiple threads.
 */
final class Room {
    private static final int WAIT_SECONDS = 5;
    private static final long ON_ITS_WAY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    final String name;
    /** Held by the one who reads the backlog. */
    final ReentrantLock reader = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settling = lock.newCondition();
    private final HubTelemetry telemetry;
    private final RoomLog log; // guarded by the lock, like all below
    private final Set<Member> members = new LinkedHashSet<>(4);
    private Member @Nullable [] listeners;
    private volatile boolean closed; // only written under the lock
    private long emptySince = System.nanoTime();

    Room(String name, Memory memory, HubTelemetry telemetry) {
        this.name = name;
        this.telemetry = telemetry;
        this.log = new RoomLog(name, memory, new Everybody());
    }

    /** Passes on to all who are in the room. */
    private final class Everybody implements RoomLog.Reader {
        @Override
        public void next(Memory.Entry entry, Envelope event) {
            HubTelemetry.Delivery delivery = telemetry.delivers(event);
            for (Member member : all()) {
                if (entry.isFor(member)) {
                    delivery.to(member.send(entry.push()));
                }
            }
            delivery.end();
        }

        @Override
        public void lost(Joined from) {
            Push lost = Frames.joined(from);
            for (Member member : all()) {
                member.send(lost);
            }
        }

        private Member[] all() {
            Member[] all = listeners;
            if (all == null) {
                all = members.toArray(Member[]::new);
                listeners = all;
            }
            return all;
        }
    }

    private boolean locked(BooleanSupplier task) {
        lock.lock();
        try {
            return task.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the room is to be read again} */
    boolean published(RoomMessage message) {
        return locked(() -> log.published(message));
    }

    /** {@return whether nothing is missing now; else it is to be read again} */
    boolean apply(Backlog backlog) {
        return locked(() -> {
            boolean settled = log.apply(backlog);
            if (settled) {
                settling.signalAll();
            }
            return settled;
        });
    }

    void unsettle() {
        lock.lock();
        try {
            log.unsettle();
        } finally {
            lock.unlock();
        }
    }

    boolean isSettled() {
        return locked(log::isSettled);
    }

    /** {@return whether there is nothing to look for, as of a number that was given out} */
    boolean isWholeUpTo(long number) {
        return locked(() -> log.isWholeUpTo(number));
    }

    /** {@return what {@link RoomLog#look} tells} */
    RoomLog.Look look(long number, long last) {
        lock.lock();
        try {
            return log.look(number, last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a connection in, tells it so, and sends what it missed.
     *
     * @return what it was told, or null if the room is closed and another is to be opened
     */
    @Nullable
    Joined join(Member member, @Nullable Position since, Deadline deadline, int mostRooms) {
        lock.lock();
        try {
            awaitSettled(deadline);
            awaitLive(since);
            if (closed) {
                return null;
            }
            if (!member.enters(name, mostRooms)) {
                throw StandardError.CONFLICT
                        .problem()
                        .detail("A connection can be in {most} rooms.", mostRooms)
                        .toException();
            }
            members.add(member);
            listeners = null;
            return welcome(member, since);
        } finally {
            lock.unlock();
        }
    }

    private void awaitSettled(Deadline deadline) {
        long left = Math.min(deadline.remaining().toNanos(), TimeUnit.SECONDS.toNanos(WAIT_SECONDS));
        try {
            while (!log.isSettled() && !closed) {
                if (left <= 0) {
                    throw StandardError.UNAVAILABLE
                            .problem()
                            .detail("The messages of the room cannot be read now.")
                            .toException();
                }
                left = settling.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StandardError.CANCELLED.problem().toException();
        }
    }

    /** Somebody may have seen on another node what is still on its way to this one. */
    private void awaitLive(@Nullable Position since) {
        long left = ON_ITS_WAY_NANOS;
        try {
            while (log.isBehind(since) && left > 0) {
                left -= POLL_NANOS - settling.awaitNanos(POLL_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Joined welcome(Member member, @Nullable Position since) {
        Joined joined = log.welcome(member, since);
        List<Memory.Entry> missed = log.missed(member, joined.offset());
        member.send(Frames.joined(joined));
        missed.forEach(entry -> member.send(entry.push()));
        return joined;
    }

    void leave(Member member) {
        lock.lock();
        try {
            if (members.remove(member)) {
                listeners = null;
                emptySince = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
        member.left(name);
    }

    /** {@return how many are in it, after the first of them were added} */
    int count(int most, List<Present> into) {
        lock.lock();
        try {
            members.stream().limit(most).forEach(member -> into.add(new Present(member.user(), member.session())));
            return members.size();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is too old to be sent again. */
    void expire() {
        lock.lock();
        try {
            log.expire();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return locked(members::isEmpty);
    }

    boolean isClosed() {
        return closed;
    }

    /** {@return whether nobody has been in it for so long, so that it is closed now} */
    boolean closeIfEmpty(long forNanos) {
        return locked(() -> {
            if (!closed && members.isEmpty() && System.nanoTime() - emptySince >= forNanos) {
                close();
            }
            return closed;
        });
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            log.clear();
            settling.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
