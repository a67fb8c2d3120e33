package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Idempotency keys in memory. Safe for use by multiple threads. */
final class MemoryIdempotency implements IdempotencyStore {
    private static final int MOST = 10_000_000;
    private static final int LOOKED_AT = 100;
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final int most;
    private final LongSupplier nanos;
    private final Map<String, Running> running = new LinkedHashMap<>(); // the first to begin first; guarded by this
    private final Map<String, Ended> ended = new LinkedHashMap<>(); // the first to end first; guarded by this
    private long taken; // guarded by this

    private record Running(String fingerprint, String token, Deadline until) {}

    private record Ended(String fingerprint, Outcome outcome, Deadline until) {}

    MemoryIdempotency(int most, LongSupplier nanos) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("an idempotency store keeps 1.." + MOST + " keys, was " + most);
        }
        this.most = most;
        this.nanos = nanos;
    }

    @Override
    public synchronized Entry begin(String key, String fingerprint, Duration lease) {
        Running other = running.get(key);
        if (other != null && !other.until.isExpired()) {
            return Entry.running(other.fingerprint);
        }
        Ended known = ended.get(key);
        if (known != null && !known.until.isExpired()) {
            return Entry.ended(known.fingerprint, known.outcome);
        }
        running.remove(key);
        ended.remove(key);
        makeRoom();
        String token = Long.toString(++taken);
        running.put(key, new Running(fingerprint, token, Deadline.in(lease, nanos)));
        return Entry.taken(fingerprint, token);
    }

    /** What has ended can be forgotten; a call that runs must not have another run beside it. */
    private void makeRoom() {
        if (running.size() + ended.size() < most || forgotFirst(ended) || forgotOver()) {
            return;
        }
        throw StandardError.UNAVAILABLE
                .problem()
                .detail("Too many calls with idempotency keys run.")
                .retryAfter(COME_BACK)
                .toException();
    }

    private static boolean forgotFirst(Map<String, Ended> all) {
        Iterator<Ended> first = all.values().iterator();
        if (!first.hasNext()) {
            return false;
        }
        first.next();
        first.remove();
        return true;
    }

    private boolean forgotOver() {
        Iterator<Running> first = running.values().iterator();
        for (int i = 0; i < LOOKED_AT && first.hasNext(); i++) {
            if (first.next().until.isExpired()) {
                first.remove();
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized boolean renew(String key, String token, Duration lease) {
        Running own = running.get(key);
        if (own == null || !own.token.equals(token)) {
            return false;
        }
        if (own.until.remaining().compareTo(lease) < 0) {
            running.put(key, new Running(own.fingerprint, token, Deadline.in(lease, nanos)));
        }
        return true;
    }

    @Override
    public synchronized boolean end(String key, String token, Outcome outcome, Duration keep) {
        Running own = running.get(key);
        if (own == null || !own.token.equals(token)) {
            return false;
        }
        running.remove(key);
        ended.put(key, new Ended(own.fingerprint, outcome, Deadline.in(keep, nanos)));
        return true;
    }

    @Override
    public synchronized boolean release(String key, String token) {
        Running own = running.get(key);
        return own != null && own.token.equals(token) && running.remove(key, own);
    }
}
