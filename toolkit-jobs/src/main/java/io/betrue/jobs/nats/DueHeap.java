package io.betrue.jobs.nats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which messages become due when, the earliest first; 16 bytes for each, since there may be a million. Safe for use by multiple threads.
 */
final class DueHeap {
    private static final int FIRST_ROOM = 64;

    private long[] times = new long[FIRST_ROOM];
    private long[] sequences = new long[FIRST_ROOM];
    private int size;

    /**
     * A message and its time.
     *
     * @param time when it becomes due, in milliseconds since 1970
     * @param sequence its number in the stream
     */
    record Due(long time, long sequence) {}

    synchronized void add(long time, long sequence) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
        }
        int i = size++;
        while (i > 0 && isBefore(time, sequence, (i - 1) / 2)) {
            copy((i - 1) / 2, i);
            i = (i - 1) / 2;
        }
        times[i] = time;
        sequences[i] = sequence;
    }

    void add(Due due) {
        add(due.time(), due.sequence());
    }

    /** {@return what is due, the earliest first, and takes it out} */
    synchronized List<Due> take(long now, int most) {
        List<Due> due = new ArrayList<>();
        while (size > 0 && times[0] <= now && due.size() < most) {
            due.add(new Due(times[0], sequences[0]));
            removeFirst();
        }
        return due;
    }

    private void removeFirst() {
        size--;
        long time = times[size];
        long sequence = sequences[size];
        int i = 0;
        for (int child = 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && isBefore(times[child + 1], sequences[child + 1], child)) {
                child++;
            }
            if (isBefore(time, sequence, child)) {
                break;
            }
            copy(child, i);
            i = child;
        }
        times[i] = time;
        sequences[i] = sequence;
    }

    private boolean isBefore(long time, long sequence, int other) {
        return time != times[other] ? time < times[other] : sequence < sequences[other];
    }

    private void copy(int from, int to) {
        times[to] = times[from];
        sequences[to] = sequences[from];
    }

    /** {@return when the first becomes due, in milliseconds since 1970; {@link Long#MAX_VALUE} when there is none} */
    synchronized long first() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    synchronized int size() {
        return size;
    }

    synchronized void clear() {
        times = new long[FIRST_ROOM];
        sequences = new long[FIRST_ROOM];
        size = 0;
    }
}
