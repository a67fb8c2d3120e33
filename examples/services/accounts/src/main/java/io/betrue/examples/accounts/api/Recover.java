package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a code that allows a new password.
 *
 * @param email the address, as the caller gave it
 */
public record Recover(@Nullable String email) {}
