package io.betrue.commands.hub;

import io.betrue.commands.Push;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest messages of one room as clients get them, bounded by their number, their age, their bytes, and the bytes of all rooms of a node. Not safe for use by
 * multiple threads.
 */
final class Memory {
    /** So that what is sent again fits into a connection's queue. */
    static final int MAX_BYTES = 512 * 1024;

    private static final int OVERHEAD = 150;

    private final Limits limits;
    private final Deque<Entry> entries = new ArrayDeque<>(1);
    private long floor;
    private long bytes;

    /** What bounds the rooms of a node. */
    record Limits(HistoryLimits history, long mostBytes, AtomicLong bytes, Clock clock) {}

    /** One message. */
    record Entry(long offset, long millis, Push push, List<Audience.Part> exceptions) {
        boolean isFor(Member member) {
            return exceptions.isEmpty() || !member.isAny(exceptions);
        }

        long cost() {
            return (long) push.size() + OVERHEAD;
        }
    }

    Memory(Limits limits) {
        this.limits = limits;
    }

    /** {@return from which offset on it is whole} */
    long floor() {
        return floor;
    }

    void add(Entry entry) {
        entries.add(entry);
        count(entry.cost());
        while (entries.size() > limits.history.messages()
                || bytes > MAX_BYTES
                || (limits.bytes.get() > limits.mostBytes && !entries.isEmpty())) {
            forgetOldest();
        }
    }

    private void count(long change) {
        bytes += change;
        limits.bytes.addAndGet(change);
    }

    private void forgetOldest() {
        Entry oldest = entries.removeFirst();
        floor = Math.max(floor, oldest.offset());
        count(-oldest.cost());
    }

    /** Forgets what is too old. */
    void expire() {
        long oldest = limits.clock.millis() - limits.history.age().toMillis();
        while (!entries.isEmpty() && entries.getFirst().millis() < oldest) {
            forgetOldest();
        }
    }

    /** Forgets everything. */
    void clear(long wholeFrom) {
        entries.clear();
        count(-bytes);
        floor = wholeFrom;
    }

    /** {@return the messages after an offset that are for a member} */
    List<Entry> after(long offset, Member member) {
        List<Entry> all = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.offset() > offset && entry.isFor(member)) {
                all.add(entry);
            }
        }
        return all;
    }
}
