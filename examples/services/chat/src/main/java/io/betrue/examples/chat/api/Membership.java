package io.betrue.examples.chat.api;

import java.util.UUID;

/**
 * Somebody came or left: the event {@code chat/membership}.
 *
 * @param roomId the room
 * @param userId who
 * @param member whether they are in it now
 */
public record Membership(UUID roomId, UUID userId, boolean member) {}
