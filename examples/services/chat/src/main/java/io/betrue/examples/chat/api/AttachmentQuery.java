package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the bytes of a file that belongs to a message.
 *
 * @param roomId the room
 * @param messageId the message
 * @param fileId the file
 */
public record AttachmentQuery(
        @Nullable UUID roomId,
        @Nullable UUID messageId,
        @Nullable UUID fileId) {}
