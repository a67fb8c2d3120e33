package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The last few of many things; an older one makes room for a newer one. Safe for use by multiple threads. */
final class Recent<T> {
    private final List<T> kept = new ArrayList<>();
    private final int capacity;
    private int next;

    Recent(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(T thing) {
        if (kept.size() < capacity) {
            kept.add(thing);
        } else {
            kept.set(next, thing);
            next = (next + 1) % capacity;
        }
    }

    /** {@return one of them by chance; null when there is none} */
    synchronized @Nullable T pick(Random random) {
        return kept.isEmpty() ? null : kept.get(random.nextInt(kept.size()));
    }
}
