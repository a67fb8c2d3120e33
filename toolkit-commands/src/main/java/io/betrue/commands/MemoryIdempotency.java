package io.betrue.commands;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in memory, the oldest first. */
final class MemoryIdempotency implements IdempotencyStore {
    private static final int MOST = 10_000_000;

    private final int most;
    private final LongSupplier nanos;
    private final Map<String, Kept> kept = new LinkedHashMap<>(); // guarded by itself

    private record Kept(String fingerprint, @Nullable Outcome outcome, Deadline until) {}

    MemoryIdempotency(int most, LongSupplier nanos) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("an idempotency store keeps 1.." + MOST + " keys, was " + most);
        }
        this.most = most;
        this.nanos = nanos;
    }

    @Override
    public Entry begin(String key, String fingerprint, Duration lease) {
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known != null && !known.until.isExpired()) {
                State state = known.outcome == null ? State.RUNNING : State.ENDED;
                return new Entry(state, known.fingerprint, known.outcome);
            }
            put(key, new Kept(fingerprint, null, Deadline.in(lease, nanos)));
            return new Entry(State.NEW, fingerprint, null);
        }
    }

    @Override
    public void end(String key, Outcome outcome, Duration keep) {
        synchronized (kept) {
            Kept running = kept.get(key);
            String fingerprint = running == null ? "" : running.fingerprint;
            put(key, new Kept(fingerprint, outcome, Deadline.in(keep, nanos)));
        }
    }

    private void put(String key, Kept entry) {
        kept.remove(key); // to the end
        kept.put(key, entry);
        Iterator<Kept> oldest = kept.values().iterator();
        while (kept.size() > most && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public void release(String key) {
        synchronized (kept) {
            kept.remove(key);
        }
    }
}
