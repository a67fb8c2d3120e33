package io.betrue.examples.accounts;

import java.time.Duration;

/**
 * What one Argon2id computation costs, and how many run at once.
 *
 * @param memoryKib memory of one computation in KiB; at least 19456 (19 MiB, the floor of OWASP's password storage page)
 * @param passes passes over that memory; at least 2
 * @param lanes parallel lanes; at least 1
 * @param concurrent how many computations run at once, which bounds their memory; 1 to 1024
 * @param maximumWait how long a request waits for its turn before it is answered with {@code UNAVAILABLE}
 */
public record PasswordOptions(int memoryKib, int passes, int lanes, int concurrent, Duration maximumWait) {
    private static final int LEAST_MEMORY_KIB = 19 * 1024;
    private static final int MOST_MEMORY_KIB = 1024 * 1024;

    /** Checks the ranges. */
    public PasswordOptions {
        check("memoryKib", memoryKib, LEAST_MEMORY_KIB, MOST_MEMORY_KIB);
        check("passes", passes, 2, 64);
        check("lanes", lanes, 1, 64);
        check("concurrent", concurrent, 1, 1024);
        if (maximumWait.isNegative()) {
            throw new IllegalArgumentException("maximumWait must not be negative, was " + maximumWait);
        }
    }

    /** {@return 19 MiB, 2 passes, 1 lane; as many at once as there are processors; a wait of at most 2 seconds} */
    public static PasswordOptions defaults() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new PasswordOptions(LEAST_MEMORY_KIB, 2, 1, Math.min(processors, 1024), Duration.ofSeconds(2));
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + ".." + most + ", was " + value);
        }
    }
}
