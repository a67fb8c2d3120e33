package io.betrue.examples.chat.api;

import java.util.List;

/**
 * A page of what was said.
 *
 * @param messages in the order that was asked for
 * @param more whether there are further messages in that direction
 */
public record History(List<Message> messages, boolean more) {
    /** Copies the list. */
    public History {
        messages = List.copyOf(messages);
    }
}
