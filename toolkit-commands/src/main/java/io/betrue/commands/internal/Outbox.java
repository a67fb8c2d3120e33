package io.betrue.commands.internal;

import io.betrue.commands.Push;
import io.betrue.errors.WebSocketClose;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be sent over one connection: in order, one message at a time on its way, and never more than a limit of bytes, whose excess closes the connection
 * of a client that reads too slowly. Nobody waits in here. Safe for use by multiple threads.
 */
public final class Outbox {
    /** What every message counts beside its bytes, for what it costs to keep it. */
    public static final int OVERHEAD = 32;

    /** How a client is closed that reads too slowly. */
    public static final WebSocketClose SLOW =
            new WebSocketClose(4008, "SLOW_CLIENT: The client reads more slowly than it is sent to.");

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Wire wire;
    private final long limit;
    private final ScheduledExecutorService timer;
    private final Object lock = new Object();
    private final Deque<Push> waiting = new ArrayDeque<>(); // guarded by the lock, like all below
    private long unsent;
    private boolean sending;
    private boolean closed;
    private @Nullable WebSocketClose last; // to be sent after all that waits
    private @Nullable Future<?> cut;

    /** A connection as a transport has it. None of its methods waits or throws. */
    public interface Wire {
        /**
         * Sends one message; it is called again only after {@code done} was.
         *
         * @param text the message
         * @param done called once, perhaps before this returns: with null, or with why it failed
         */
        void send(String text, Consumer<@Nullable Throwable> done);

        /**
         * Says that nothing more is sent.
         *
         * @param why how
         */
        void close(WebSocketClose why);

        /** Cuts the connection. */
        void disconnect();
    }

    /**
     * Makes an outbox.
     *
     * @param wire the connection
     * @param limit how many bytes may wait or be on their way, with {@value #OVERHEAD} for each message
     * @param timer cuts connections whose client does not let them be closed
     */
    public Outbox(Wire wire, long limit, ScheduledExecutorService timer) {
        this.wire = wire;
        this.limit = limit;
        this.timer = timer;
    }

    private static int cost(Push push) {
        return push.size() + OVERHEAD;
    }

    /**
     * {@return whether a message of that size can be sent at all}
     *
     * @param size how many bytes it has
     */
    public boolean fits(int size) {
        return size + OVERHEAD <= limit;
    }

    /** {@return how many bytes wait or are on their way} */
    public long unsent() {
        synchronized (lock) {
            return unsent;
        }
    }

    /**
     * Sends a message after all that was sent before.
     *
     * @param push the message
     * @return whether it was taken; false if the connection is closed, or there is no room for it: then it is closed now
     */
    public boolean send(Push push) {
        boolean room;
        synchronized (lock) {
            if (closed || last != null) {
                return false;
            }
            room = unsent + cost(push) <= limit;
            if (!room) {
                last = SLOW;
                drop();
            } else {
                unsent += cost(push);
                waiting.add(push);
                if (sending) {
                    return true;
                }
                sending = true;
            }
        }
        if (room) {
            drain();
        } else {
            shut(SLOW);
        }
        return room;
    }

    /** Sends until nothing waits, or a message takes its time; then its end goes on. */
    private void drain() {
        while (true) {
            Push next;
            WebSocketClose end = null;
            synchronized (lock) {
                next = waiting.poll();
                if (next == null) {
                    sending = false;
                    end = closed ? null : last;
                    closed |= end != null;
                }
            }
            if (next == null) {
                if (end != null) {
                    shut(end);
                }
                return;
            }
            Flight flight = new Flight(next);
            wire.send(next.json(), flight);
            if (!flight.endedAlready()) {
                return;
            }
        }
    }

    /** One message on its way: whoever of its sender and its end comes second goes on, so that no stack grows. */
    private final class Flight implements Consumer<@Nullable Throwable> {
        private final Push push;
        private boolean first = true; // guarded by the lock

        Flight(Push push) {
            this.push = push;
        }

        boolean endedAlready() {
            synchronized (lock) {
                boolean ended = !first;
                first = false;
                return ended;
            }
        }

        @Override
        public void accept(@Nullable Throwable failure) {
            synchronized (lock) {
                unsent -= closed ? 0 : cost(push);
            }
            if (failure != null) {
                closed();
                wire.disconnect();
            }
            if (endedAlready()) {
                drain();
            }
        }
    }

    /**
     * Closes the connection after all that was sent before; it is cut if that takes longer than 5 seconds. Closing twice does no harm.
     *
     * @param why how
     */
    public void close(WebSocketClose why) {
        boolean now;
        synchronized (lock) {
            if (closed || last != null) {
                return;
            }
            last = why;
            now = !sending;
            closed = now;
        }
        if (now) {
            shut(why);
        } else {
            cutLater();
        }
    }

    private void shut(WebSocketClose why) {
        wire.close(why);
        cutLater();
    }

    private void cutLater() {
        try {
            Future<?> task = timer.schedule(wire::disconnect, CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            synchronized (lock) {
                cut = task;
            }
        } catch (RejectedExecutionException over) {
            wire.disconnect();
        }
    }

    /** {@return how this side closed the connection, or null if it did not} */
    public @Nullable WebSocketClose closedBy() {
        synchronized (lock) {
            return last;
        }
    }

    /** Forgets what waits, because the connection has ended. */
    public void closed() {
        synchronized (lock) {
            drop();
            if (cut != null) {
                cut.cancel(false);
            }
        }
    }

    private void drop() {
        closed = true;
        waiting.clear();
        unsent = 0;
    }
}
