package io.betrue.commands.hub;

/**
 * How far somebody knows a room. Immutable.
 *
 * @param offset the offset of the last message that is known; offsets of a room grow, and not always by one
 * @param epoch in which counting; offsets of different epochs have nothing to do with each other
 */
public record Position(long offset, String epoch) {
    private static final int MAX_EPOCH = 64;

    /**
     * Checks both.
     *
     * @param offset zero or more
     * @param epoch at most 64 characters
     * @throws IllegalArgumentException if one is out of range
     */
    public Position {
        if (offset < 0 || epoch.length() > MAX_EPOCH) {
            throw new IllegalArgumentException(
                    "a position is an offset from 0 and an epoch of at most " + MAX_EPOCH + " characters");
        }
    }
}
