package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a letter that allows a new account.
 *
 * @param email the address, as the caller gave it; upper and lower case are the same
 */
public record Register(@Nullable String email) {}
