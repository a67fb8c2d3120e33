package io.betrue.examples.chat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as one of its members sees it.
 *
 * @param roomId which it is
 * @param kind who can be in it
 * @param name what it is called; null for a private chat, which has no such member
 * @param withUserId the other of a private chat; null for a room, which has no such member
 * @param lastNumber the number of the last message, 0 if there is none
 * @param unread how many messages the caller has not read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Room(
        UUID roomId,
        RoomKind kind,
        @Nullable String name,
        @Nullable UUID withUserId,
        long lastNumber,
        long unread) {}
