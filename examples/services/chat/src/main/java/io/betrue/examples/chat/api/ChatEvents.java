package io.betrue.examples.chat.api;

import io.betrue.jobs.events.EventType;

/** What happens in rooms; published in the transaction that makes it happen, in order for each room. */
public final class ChatEvents {
    /** Somebody has said something. */
    public static final EventType<Message> SAID =
            EventType.of("chat/said", Message.class).keyedBy(Message::roomId);

    /** Somebody came or left. */
    public static final EventType<Membership> MEMBERSHIP =
            EventType.of("chat/membership", Membership.class).keyedBy(Membership::roomId);

    /** What clients are told under when somebody is writing. */
    public static final String TYPING = "chat/typing";

    private ChatEvents() {}
}
