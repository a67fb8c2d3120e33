package io.betrue.errors;

import java.time.Duration;

/**
 * How much of a body that nobody has read is thrown away after the answer.
 *
 * @param bytes zero for nothing
 * @param patience from the answer to the end of the body
 */
record UnreadLimit(long bytes, Duration patience) {
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    UnreadLimit {
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "discarded bytes of an unread body must be 0.." + MOST_BYTES + ", were " + bytes);
        }
        if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("wait for the end of an unread body must be 0.."
                    + LONGEST_WAIT.toSeconds() + " s, was " + patience);
        }
    }

    boolean isNothing() {
        return bytes == 0 || patience.isZero();
    }
}
