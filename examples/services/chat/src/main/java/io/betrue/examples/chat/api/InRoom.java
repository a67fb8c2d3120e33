package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which room.
 *
 * @param roomId the room
 */
public record InRoom(@Nullable UUID roomId) {}
