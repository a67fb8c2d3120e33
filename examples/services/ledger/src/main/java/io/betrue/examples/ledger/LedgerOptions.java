package io.betrue.examples.ledger;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Everything about this service that an application may choose.
 *
 * @param maximumAmount the most that one deposit or withdrawal moves, in whole units of any currency; 1 to 1 000 000 000
 * @param keyLifetime how long an idempotency key is remembered at least; 24 hours or more
 * @param statementTimeout how long one SQL statement may run; 1 ms to 1 minute
 * @param lockTimeout how long one SQL statement may wait for another transaction; 1 ms to 1 minute
 */
public record LedgerOptions(
        BigDecimal maximumAmount, Duration keyLifetime, Duration statementTimeout, Duration lockTimeout) {
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal(1_000_000_000);
    private static final Duration SHORTEST_KEY_LIFETIME = Duration.ofDays(1);

    /** Checks the ranges. */
    public LedgerOptions {
        if (maximumAmount.compareTo(BigDecimal.ONE) < 0 || maximumAmount.compareTo(LARGEST_AMOUNT) > 0) {
            throw new IllegalArgumentException("maximumAmount must be 1..1000000000, was " + maximumAmount);
        }
        if (keyLifetime.compareTo(SHORTEST_KEY_LIFETIME) < 0) {
            throw new IllegalArgumentException("keyLifetime must be at least 24 hours, was " + keyLifetime);
        }
        check("statementTimeout", statementTimeout);
        check("lockTimeout", lockTimeout);
    }

    /** {@return at most 1 000 000 000 at once, keys for 48 hours, 5 seconds a statement, 3 seconds a lock} */
    public static LedgerOptions defaults() {
        return new LedgerOptions(LARGEST_AMOUNT, Duration.ofDays(2), Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    private static void check(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 1 minute, was " + value);
        }
    }
}
