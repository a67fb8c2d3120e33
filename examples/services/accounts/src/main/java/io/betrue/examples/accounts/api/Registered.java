package io.betrue.examples.accounts;

import java.util.UUID;

/**
 * The new account.
 *
 * @param userId the user's name in every other service
 */
public record Registered(UUID userId) {}
