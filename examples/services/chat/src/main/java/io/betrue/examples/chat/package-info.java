/**
 * Rooms and private chats: who is in them, what was said, what is unread.
 *
 * <p>{@link io.betrue.examples.chat.ChatService} is the way in. The package knows no transport and of other services their commands alone: a caller is a UUID that somebody else has checked, and
 * what clients are told live goes to a {@link io.betrue.examples.chat.ChatPush} that the application brings. It owns the PostgreSQL schema {@code chat} and nothing outside it.
 */
@NullMarked
package io.betrue.examples.chat;

import org.jspecify.annotations.NullMarked;
