package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a user into a room that the caller is in.
 *
 * @param roomId the room
 * @param userId whom
 */
public record Invite(@Nullable UUID roomId, @Nullable UUID userId) {}
