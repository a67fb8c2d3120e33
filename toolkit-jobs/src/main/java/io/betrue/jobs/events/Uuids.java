package io.betrue.jobs.events;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids of RFC 9562, version 7: milliseconds, then randomness, so that an index grows at its end. */
final class Uuids {
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 2L << 62;

    private Uuids() {}

    static UUID next(long millis, RandomGenerator random) {
        return new UUID(millis << 16 | VERSION | (random.nextLong() & 0xFFF), VARIANT | (random.nextLong() >>> 2));
    }
}
