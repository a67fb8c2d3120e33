package io.betrue.examples.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Makes and checks the tokens that name a user. Safe for use by multiple threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Tokens {
    /**
     * Makes tokens with these options.
     *
     * @param options keys, issuer, audience, lifetime
     * @param clock what time it is
     * @param random where token ids come from
     */
    public Tokens(TokenOptions options, Clock clock, SecureRandom random) {}

    /**
     * Checks a token.
     *
     * @param token what the caller sent after {@code Bearer}
     * @return the user, or empty if the token is not believed, for whatever reason
     */
    public Optional<UUID> verify(String token) {
        throw new UnsupportedOperationException();
    }
}
