package io.betrue.examples.chat.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was said: the output of {@link ChatCommands#SEND}, a part of the history, and the event {@code chat/said}.
 *
 * @param roomId the room
 * @param number its place in the room, from 1 without gaps
 * @param messageId which it is, wherever it turns up: who gets one twice can tell by it
 * @param author who said it
 * @param at when
 * @param text what; perhaps empty where there are attachments
 * @param attachments the files that belong to it, in the order that was asked for
 */
public record Message(
        UUID roomId, long number, UUID messageId, UUID author, Instant at, String text, List<Attachment> attachments) {
    /** Copies the list; events that were published before there were attachments have none. */
    public Message(
            UUID roomId,
            long number,
            UUID messageId,
            UUID author,
            Instant at,
            String text,
            @Nullable List<Attachment> attachments) {
        this.roomId = roomId;
        this.number = number;
        this.messageId = messageId;
        this.author = author;
        this.at = at;
        this.text = text;
        this.attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }
}
