package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says something in a room.
 *
 * @param roomId the room
 * @param text what is said, 1 to 4,000 characters, as the caller gave it
 */
public record Send(@Nullable UUID roomId, @Nullable String text) {}
