package io.betrue.examples.accounts;

import java.time.Duration;

/**
 * How tokens are made and what is believed of them.
 *
 * @param keys the secrets
 * @param issuer who makes the tokens, the {@code iss} claim
 * @param audience whom they are for, the {@code aud} claim
 * @param lifetime how long a token is believed, also after its session has ended; 1 second to 30 days
 * @param skew how far the clocks of two machines may differ; zero to 5 minutes
 */
public record TokenOptions(SigningKeys keys, String issuer, String audience, Duration lifetime, Duration skew) {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

    /** Checks the ranges. */
    public TokenOptions {
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException(
                    "issuer and audience must have text, were \"" + issuer + "\" and \"" + audience + "\"");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException("token lifetime must be 1 second to 30 days, was " + lifetime);
        }
        if (skew.isNegative() || skew.compareTo(LARGEST_SKEW) > 0) {
            throw new IllegalArgumentException("clock skew must be zero to 5 minutes, was " + skew);
        }
    }

    /**
     * Uses tokens that live a quarter of an hour, and a skew of 30 seconds.
     *
     * @param keys the secrets
     * @param issuer who makes the tokens
     * @param audience whom they are for
     * @return the options
     */
    public static TokenOptions of(SigningKeys keys, String issuer, String audience) {
        return new TokenOptions(keys, issuer, audience, Duration.ofMinutes(15), Duration.ofSeconds(30));
    }

    /**
     * Sets how long a token is believed.
     *
     * @param lifetime 1 second to 30 days
     * @return a copy with that lifetime
     */
    public TokenOptions lifetime(Duration lifetime) {
        return new TokenOptions(keys, issuer, audience, lifetime, skew);
    }
}
