package io.betrue.examples.accounts.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks who has an address.
 *
 * @param email the address, as the caller gave it
 */
public record FindUser(@Nullable String email) {}
