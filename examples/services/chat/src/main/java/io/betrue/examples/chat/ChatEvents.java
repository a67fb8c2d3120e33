package io.betrue.examples.chat;

import io.betrue.examples.chat.api.Membership;
import io.betrue.examples.chat.api.Message;
import io.betrue.jobs.events.EventType;

/** What happens in rooms; published in the transaction that makes it happen, in order for each room. */
final class ChatEvents {
    /** Somebody has said something. */
    static final EventType<Message> SAID =
            EventType.of("chat/said", Message.class).keyedBy(Message::roomId);

    /** Somebody came or left. */
    static final EventType<Membership> MEMBERSHIP =
            EventType.of("chat/membership", Membership.class).keyedBy(Membership::roomId);

    /** What clients are told under when somebody is writing. */
    static final String TYPING = "chat/typing";

    private ChatEvents() {}
}
