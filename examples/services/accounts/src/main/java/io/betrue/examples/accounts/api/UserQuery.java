package io.betrue.examples.accounts.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether there is a user.
 *
 * @param userId the user's name
 */
public record UserQuery(@Nullable UUID userId) {}
