package io.betrue.examples.accounts.api;

import java.util.UUID;

/**
 * A user whom there is.
 *
 * @param userId the user's name
 * @param confirmed whether the address is confirmed
 */
public record KnownUser(UUID userId, boolean confirmed) {}
