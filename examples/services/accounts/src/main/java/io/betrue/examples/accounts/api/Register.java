package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a new account.
 *
 * @param email the address, as the caller gave it; upper and lower case are the same
 * @param password the password, as the caller gave it; 8 to 128 characters, neither a frequent password nor the address
 */
public record Register(@Nullable String email, @Nullable String password) {
    /** {@return a text without the password} */
    @Override
    public String toString() {
        return "Register[email=" + email + ", password=***]";
    }
}
