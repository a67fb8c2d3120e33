package io.betrue.examples.accounts.api;

import java.time.Instant;

/**
 * A session.
 *
 * @param token a signed token for the other commands; whoever holds it is the user until it expires
 * @param expiresAt when the token stops being accepted, in whole seconds
 * @param refreshToken what {@code accounts/refresh} takes, once; it then gives another
 * @param refreshExpiresAt when the refresh token stops being accepted
 */
public record SignedIn(String token, Instant expiresAt, String refreshToken, Instant refreshExpiresAt) {
    /** {@return a text without the tokens} */
    @Override
    public String toString() {
        return "SignedIn[token=***, expiresAt=" + expiresAt + ", refreshToken=***, refreshExpiresAt=" + refreshExpiresAt
                + "]";
    }
}
