package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens the private chat with another user; there is one for each two users.
 *
 * @param userId the other
 */
public record OpenPrivate(@Nullable UUID userId) {}
