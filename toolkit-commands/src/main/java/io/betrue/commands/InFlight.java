package io.betrue.commands;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are being answered, so that a stop can wait for them and tell those that stay. Safe for use by multiple threads. */
final class InFlight {
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Object gone = new Object();
    private volatile boolean closed;

    /** {@return whether the call may begin: any may until the stop, and then those that are made on behalf of one that runs} */
    boolean enter(Call call) {
        calls.add(call);
        if (closed && !call.isNested()) {
            leave(call);
            return false;
        }
        return true;
    }

    void leave(Call call) {
        calls.remove(call);
        if (closed && calls.isEmpty()) {
            synchronized (gone) {
                gone.notifyAll();
            }
        }
    }

    /** Lets no further call begin, waits for those that run, and cancels those that stay. */
    void close(Duration wait) {
        closed = true;
        Deadline end = Deadline.in(wait);
        synchronized (gone) {
            try {
                while (!calls.isEmpty() && !end.isExpired()) {
                    gone.wait(end.remaining().toMillis() + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        calls.forEach(call -> call.cancellation().cancel());
    }
}
