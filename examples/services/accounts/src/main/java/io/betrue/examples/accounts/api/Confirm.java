package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Opens an account for an address.
 *
 * @param email the address, as the caller gave it
 * @param code what was sent to it, as the caller gave it: case, spaces and hyphens do not matter
 * @param password the password, as the caller gave it; 8 to 128 characters, neither a frequent password nor the address
 */
public record Confirm(
        @Nullable String email,
        @Nullable String code,
        @Nullable String password) {
    /** {@return a text without the code and the password} */
    @Override
    public String toString() {
        return "Confirm[email=" + email + ", code=***, password=***]";
    }
}
