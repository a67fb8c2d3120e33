package io.betrue.commands.nats;

import java.time.Duration;

/** Bounds that configurations share. */
final class Limits {
    static final int WINDOW = 1024 * 1024;
    static final int CHUNK = 128 * 1024;
    /** What a chunk's header takes at most. */
    static final int CHUNK_HEADER = 512;

    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    private Limits() {}

    static int count(String what, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(what + " must be 1.." + MOST + ", was " + value);
        }
        return value;
    }

    static Duration time(String what, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be more than zero and at most an hour, was " + value);
        }
        return value;
    }
}
