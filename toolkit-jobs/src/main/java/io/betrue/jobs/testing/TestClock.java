package io.betrue.jobs.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set. Safe for use by multiple threads. */
final class TestClock extends Clock {
    private final Hand hand;
    private final ZoneId zone;

    TestClock(Instant start) {
        this(new Hand(start), ZoneOffset.UTC);
    }

    /** What the copies for other zones share. */
    private static final class Hand {
        volatile Instant time;

        Hand(Instant time) {
            this.time = time;
        }
    }

    private TestClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    void set(Instant now) {
        hand.time = now;
    }

    @Override
    public Instant instant() {
        return hand.time;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(hand, other);
    }
}
