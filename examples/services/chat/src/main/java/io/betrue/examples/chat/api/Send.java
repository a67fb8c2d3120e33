package io.betrue.examples.chat.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says something in a room.
 *
 * @param roomId the room
 * @param text what is said, 1 to 4,000 characters, as the caller gave it; with attachments it may be empty
 * @param attachments files of the caller, at most {@value #MOST_ATTACHMENTS}, none twice; null means none
 */
public record Send(
        @Nullable UUID roomId,
        @Nullable String text,
        @Nullable List<UUID> attachments) {
    /** How many files a message can have. */
    public static final int MOST_ATTACHMENTS = 10;

    /** Copies the list. */
    public Send {
        attachments = attachments == null ? null : List.copyOf(attachments);
    }

    /**
     * Says something without attachments.
     *
     * @param roomId the room
     * @param text what is said
     */
    public Send(@Nullable UUID roomId, @Nullable String text) {
        this(roomId, text, null);
    }
}
