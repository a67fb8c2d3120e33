package io.betrue.examples.accounts;

import java.time.Duration;

/**
 * How long sessions last.
 *
 * @param idle how long a refresh token is taken, so a session that is not renewed for so long has ended; 1 minute to 365 days
 * @param longest after which time a session ends even if it is renewed; {@code idle} to 730 days
 * @param perUser how many sessions a user may have; a further one ends the oldest; 1 to 1000
 */
public record SessionOptions(Duration idle, Duration longest, int perUser) {
    /** Checks the ranges. */
    public SessionOptions {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("idle must be 1 minute to 365 days, was " + idle);
        }
        if (longest.compareTo(idle) < 0 || longest.compareTo(Duration.ofDays(730)) > 0) {
            throw new IllegalArgumentException("longest must be idle, " + idle + ", to 730 days, was " + longest);
        }
        if (perUser < 1 || perUser > 1000) {
            throw new IllegalArgumentException("perUser must be 1..1000, was " + perUser);
        }
    }

    /** {@return 30 days without renewal, 180 days in all, 50 sessions of a user} */
    public static SessionOptions defaults() {
        return new SessionOptions(Duration.ofDays(30), Duration.ofDays(180), 50);
    }
}
