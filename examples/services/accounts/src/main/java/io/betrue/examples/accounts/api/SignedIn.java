package io.betrue.examples.accounts.api;

import java.time.Instant;

/**
 * The proof of a sign-in.
 *
 * @param token a signed token; whoever holds it is the user until it expires
 * @param expiresAt when the token stops being accepted, in whole seconds
 */
public record SignedIn(String token, Instant expiresAt) {
    /** {@return a text without the token} */
    @Override
    public String toString() {
        return "SignedIn[token=***, expiresAt=" + expiresAt + "]";
    }
}
