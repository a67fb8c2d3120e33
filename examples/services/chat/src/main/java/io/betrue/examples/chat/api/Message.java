package io.betrue.examples.chat.api;

import java.time.Instant;
import java.util.UUID;

/**
 * What was said: the output of {@link ChatCommands#SEND}, a part of the history, and the event {@code chat/said}.
 *
 * @param roomId the room
 * @param number its place in the room, from 1 without gaps
 * @param messageId which it is, wherever it turns up: who gets one twice can tell by it
 * @param author who said it
 * @param at when
 * @param text what
 */
public record Message(UUID roomId, long number, UUID messageId, UUID author, Instant at, String text) {}
