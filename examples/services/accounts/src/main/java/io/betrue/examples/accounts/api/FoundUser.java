package io.betrue.examples.accounts.api;

import java.util.UUID;

/**
 * Who has the address.
 *
 * @param userId the user's name in every other service
 */
public record FoundUser(UUID userId) {}
