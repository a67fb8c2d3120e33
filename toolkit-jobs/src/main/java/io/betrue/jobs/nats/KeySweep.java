package io.betrue.jobs.nats;

import java.util.concurrent.TimeUnit;

/** Removes unique keys that count no longer, once an hour, a few at a time. Used by one thread at a time. */
final class KeySweep {
    private static final int STEP = 1_000;
    private static final long LONGEST_STEP = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long INTERVAL = TimeUnit.HOURS.toNanos(1);
    /** A leader may not be one for an hour. */
    private static final long FIRST = TimeUnit.MINUTES.toNanos(5);

    private final NatsStore store;
    private long wait = FIRST;
    private long since = System.nanoTime();
    private long next = 1;

    KeySweep(NatsStore store) {
        this.store = store;
    }

    /** {@return whether there is more to look at} */
    boolean run() {
        return System.nanoTime() - since >= wait && step();
    }

    /** Looks at some. */
    boolean step() {
        Wire wire = store.wire();
        Names names = store.names();
        long begun = System.nanoTime();
        for (int i = 0; i < STEP && System.nanoTime() - begun < LONGEST_STEP; i++) {
            Stored stored = Wire.await("read a key", wire.peekNext(names.keys, next, names.allKeys()));
            if (stored == null) {
                next = 1;
                wait = INTERVAL;
                since = System.nanoTime();
                store.controls().forgetDeleted();
                return false;
            }
            next = stored.sequence() + 1;
            if (!store.keys().counts(stored)) {
                wire.delete(names.keys, stored.sequence());
            }
        }
        return true;
    }
}
