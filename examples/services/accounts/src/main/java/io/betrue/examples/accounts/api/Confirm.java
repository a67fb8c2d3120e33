package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Confirms the caller's address.
 *
 * @param code what was sent to it, as the caller gave it: case, spaces and hyphens do not matter
 */
public record Confirm(@Nullable String code) {
    /** {@return a text without the code} */
    @Override
    public String toString() {
        return "Confirm[code=***]";
    }
}
