package io.betrue.jobs.nats;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The server's time, from the times that it stamps on messages and from how long ago that was; the clock of this machine is only asked before the first
 * stamp. Safe for use by multiple threads.
 */
final class ServerClock {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final LongSupplier nanos;
    private volatile Sample sample;
    private volatile boolean learnt;

    private record Sample(Instant time, long at) {}

    ServerClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.sample = new Sample(Instant.now(), nanos.getAsLong());
    }

    /**
     * Learns the time.
     *
     * @param asked when the message was sent, by {@link System#nanoTime}
     * @param answered when its answer came
     * @param stamped what the server stamped on it in between
     */
    void learn(long asked, long answered, Instant stamped) {
        sample = new Sample(stamped, asked + (answered - asked) / 2);
        learnt = true;
    }

    /** {@return whether the last stamp is no older than a time} */
    boolean isFresh(Duration age) {
        return learnt && nanos.getAsLong() - sample.at() <= age.toNanos();
    }

    Instant now() {
        Sample known = sample;
        return known.time().plusNanos(nanos.getAsLong() - known.at());
    }

    /** {@return the time after a wait, at the latest the end of the year 9999} */
    static Instant later(Instant now, Duration delay) {
        return delay.compareTo(Duration.between(now, LATEST)) < 0 ? now.plus(delay) : LATEST;
    }

    static Instant atMost(Instant time) {
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
