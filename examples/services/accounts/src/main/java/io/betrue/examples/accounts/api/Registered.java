package io.betrue.examples.accounts.api;

import java.util.UUID;

/**
 * The new account.
 *
 * @param userId the user's name in every other service
 */
public record Registered(UUID userId) {}
