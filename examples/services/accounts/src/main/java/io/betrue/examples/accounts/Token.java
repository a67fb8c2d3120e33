package io.betrue.examples.accounts;

import java.time.Instant;

/**
 * What proves who calls.
 *
 * @param token a signed token; whoever holds it is the user until it expires
 * @param expiresAt when it stops being accepted, in whole seconds
 */
public record Token(String token, Instant expiresAt) {
    /** {@return a text without the token} */
    @Override
    public String toString() {
        return "Token[token=***, expiresAt=" + expiresAt + "]";
    }
}
