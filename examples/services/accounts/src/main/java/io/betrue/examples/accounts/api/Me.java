package io.betrue.examples.accounts.api;

import java.time.Instant;
import java.util.UUID;

/**
 * The caller's account.
 *
 * @param userId the user's name in every other service
 * @param email the address, in lower case
 * @param confirmed whether the address is confirmed
 * @param registeredAt when the account was opened
 */
public record Me(UUID userId, String email, boolean confirmed, Instant registeredAt) {}
