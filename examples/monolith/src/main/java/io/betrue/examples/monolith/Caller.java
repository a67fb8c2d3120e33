package io.betrue.examples.monolith;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a command.
 *
 * @param userId the user that the token names
 * @param idempotencyKey the {@code Idempotency-Key} header, or null for none
 */
record Caller(UUID userId, @Nullable String idempotencyKey) {}
