package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Marks messages as read by the caller.
 *
 * @param roomId the room
 * @param upTo the number of the last message that was read; less than before changes nothing, more than there is counts as all
 */
public record Read(@Nullable UUID roomId, @Nullable Long upTo) {}
