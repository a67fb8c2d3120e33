package io.betrue.examples.chat.api;

import java.util.UUID;

/**
 * Somebody is writing; it is told to who is connected and kept nowhere.
 *
 * @param roomId the room
 * @param userId who
 */
public record Typing(UUID roomId, UUID userId) {}
