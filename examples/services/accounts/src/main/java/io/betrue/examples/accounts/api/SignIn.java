package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a token.
 *
 * @param email the address, as the caller gave it
 * @param password the password, as the caller gave it
 */
public record SignIn(@Nullable String email, @Nullable String password) {
    /** {@return a text without the password} */
    @Override
    public String toString() {
        return "SignIn[email=" + email + ", password=***]";
    }
}
