package io.betrue.commands.nats;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many calls are here, and how many bytes they have. Safe for use by multiple threads. */
final class Room {
    private final int maxCalls;
    private final long maxBytes;
    private final int maxStreams;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Room(int maxCalls, long maxBytes, int maxStreams) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
        this.maxStreams = maxStreams;
    }

    boolean enter(int size, boolean streaming) {
        boolean fits = calls.incrementAndGet() <= maxCalls;
        // one call may have more than all may have: then it has to be alone
        long before = bytes.getAndAdd(size);
        fits &= before == 0 || before + size <= maxBytes;
        if (streaming) {
            fits &= streams.incrementAndGet() <= maxStreams;
        }
        if (!fits) {
            leave(size, streaming);
        }
        return fits;
    }

    boolean enterStream() {
        if (streams.incrementAndGet() <= maxStreams) {
            return true;
        }
        streams.decrementAndGet();
        return false;
    }

    void leave(int size, boolean streaming) {
        calls.decrementAndGet();
        bytes.addAndGet(-size);
        if (streaming) {
            streams.decrementAndGet();
        }
    }

    int calls() {
        return calls.get();
    }
}
