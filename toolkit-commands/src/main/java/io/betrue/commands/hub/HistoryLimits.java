package io.betrue.commands.hub;

import java.time.Duration;

/**
 * How much of each room is kept for those who come back. Immutable.
 *
 * @param messages how many messages of a room, 1 to 10,000; the default is 256
 * @param age how old a message may be that is sent again; the default is 5 minutes
 * @param positions how long it is known which message was the last of a room, so that who missed nothing can be told so; at least the age, the default is an hour
 */
public record HistoryLimits(int messages, Duration age, Duration positions) {
    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** 256 messages, 5 minutes, an hour. */
    public static final HistoryLimits DEFAULT = new HistoryLimits(256, Duration.ofMinutes(5), Duration.ofHours(1));

    /**
     * Checks the limits.
     *
     * @param messages how many messages of a room
     * @param age how old a message may be
     * @param positions how long the last message is known
     * @throws IllegalArgumentException if one is out of range
     */
    public HistoryLimits {
        if (messages < 1 || messages > MOST) {
            throw new IllegalArgumentException("history of a room must be 1.." + MOST + " messages, was " + messages);
        }
        if (age.compareTo(SHORTEST) < 0 || positions.compareTo(age) < 0 || positions.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("history must be kept a second at least and positions as long at least,"
                    + " seven days at most; was " + age + " and " + positions);
        }
    }

    /**
     * {@return limits with an hour for positions, or the age if that is longer}
     *
     * @param messages how many messages of a room, 1 to 10,000
     * @param age how old a message may be, a second to seven days
     * @throws IllegalArgumentException if one is out of range
     */
    public static HistoryLimits of(int messages, Duration age) {
        Duration positions = DEFAULT.positions;
        return new HistoryLimits(messages, age, age.compareTo(positions) > 0 ? age : positions);
    }
}
