package io.betrue.examples.chat.api;

import java.util.UUID;

/**
 * How many messages a user has not read.
 *
 * @param roomId the room
 * @param unread how many
 */
public record Unread(UUID roomId, long unread) {}
