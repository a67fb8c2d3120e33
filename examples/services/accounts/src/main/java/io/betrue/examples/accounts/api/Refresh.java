package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for another token in the same session.
 *
 * @param refreshToken the newest of the session, as the caller gave it
 */
public record Refresh(@Nullable String refreshToken) {
    /** {@return a text without the token} */
    @Override
    public String toString() {
        return "Refresh[refreshToken=***]";
    }
}
