package io.betrue.examples.chat.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of what was said in a room, the newest first, or from a message on, the oldest first.
 *
 * @param roomId the room
 * @param before only messages with lower numbers, newest first; null for the newest
 * @param after only messages with higher numbers, oldest first: what was missed; null unless wanted, and never together with {@code before}
 * @param limit how many messages at most, 1 to 200; null means 50
 */
public record HistoryQuery(
        @Nullable UUID roomId,
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Integer limit) {
    /** How many a page has where the caller does not say. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many a page has at most. */
    public static final int MAXIMUM_LIMIT = 200;
}
