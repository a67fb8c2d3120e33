package io.betrue.examples.accounts;

import java.time.Duration;

/**
 * How codes are made and letters with them are sent.
 *
 * @param length how many letters and digits a code has, each worth 5 bits; 8 to 20
 * @param attempts how often a code may be tried; 1 to 20
 * @param confirmationLifetime how long a code for a new account is taken; 1 minute to 7 days
 * @param recoveryLifetime how long a code for a new password is taken; 1 minute to 1 day
 * @param pause how long to wait between two letters to one address for one purpose; 1 second to 1 hour
 * @param perDay how many letters an address gets in a day for one purpose; 1 to 100
 */
public record CodeOptions(
        int length,
        int attempts,
        Duration confirmationLifetime,
        Duration recoveryLifetime,
        Duration pause,
        int perDay) {
    /** Checks the ranges. */
    public CodeOptions {
        check("length", length, 8, 20);
        check("attempts", attempts, 1, 20);
        check("perDay", perDay, 1, 100);
        check("confirmationLifetime", confirmationLifetime, Duration.ofMinutes(1), Duration.ofDays(7));
        check("recoveryLifetime", recoveryLifetime, Duration.ofMinutes(1), Duration.ofDays(1));
        check("pause", pause, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** {@return 10 letters and digits, 5 attempts; a day to register, an hour to recover; a letter a minute and 10 a day} */
    public static CodeOptions defaults() {
        return new CodeOptions(10, 5, Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), 10);
    }

    /** {@return how long a code is taken} */
    Duration lifetime(Purpose purpose) {
        return purpose == Purpose.CONFIRMATION ? confirmationLifetime : recoveryLifetime;
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + ".." + most + ", was " + value);
        }
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
