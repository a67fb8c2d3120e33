package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Sets a new password.
 *
 * @param password the password so far, as the caller gave it
 * @param newPassword the new one, as the caller gave it; 8 to 128 characters, neither a frequent password nor the address
 */
public record ChangePassword(
        @Nullable String password, @Nullable String newPassword) {
    /** {@return a text without the passwords} */
    @Override
    public String toString() {
        return "ChangePassword[password=***, newPassword=***]";
    }
}
