package io.betrue.examples.chat;

import io.betrue.commands.CommandContext;
import io.betrue.commands.hub.Admission;
import io.betrue.commands.hub.Audience;
import io.betrue.commands.hub.Hub;
import io.betrue.errors.StandardError;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.chat.api.InRoom;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the chat meets a {@link Hub}: a room of the chat is the hub's room {@code chat/<id>}. */
public final class ChatHub {
    private static final String PREFIX = "chat/";
    private static final int PATIENCE_SECONDS = 10;

    private ChatHub() {}

    /**
     * {@return lets members into the rooms of the chat, and nobody into others; it asks by {@link ChatCommands#ADMIT}, so the chat may be in another process}
     */
    public static Admission admission() {
        return ChatHub::admit;
    }

    private static void admit(CommandContext context, String room) {
        UUID id;
        try {
            id = UUID.fromString(room.startsWith(PREFIX) ? room.substring(PREFIX.length()) : "");
        } catch (IllegalArgumentException e) {
            throw ChatError.ROOM_NOT_FOUND.problem().toException();
        }
        if (!room.equals(PREFIX + id)) { // another spelling would be another room of the hub
            throw ChatError.ROOM_NOT_FOUND.problem().toException();
        }
        context.client().call(ChatCommands.ADMIT, new InRoom(id));
    }

    /**
     * {@return tells the clients of a hub}
     *
     * @param hub the hub; stays the caller's to close
     */
    public static ChatPush push(Hub hub) {
        return new ChatPush() {
            @Override
            public void toRoom(UUID roomId, String event, Object data) {
                await(hub.send(Audience.room(PREFIX + roomId), event, data));
            }

            @Override
            public void toUser(UUID userId, String event, Object data) {
                await(hub.send(Audience.user(userId.toString()), event, data));
            }

            @Override
            public void remove(UUID userId, UUID roomId) {
                await(hub.remove(Audience.user(userId.toString()), PREFIX + roomId));
            }
        };
    }

    private static void await(CompletionStage<Void> sending) {
        try {
            sending.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unsure(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unsure(e);
        }
    }

    private static RuntimeException unsure(Exception cause) {
        return StandardError.UNAVAILABLE
                .problem()
                .detail("It is not known whether clients were told.")
                .cause(cause)
                .toException();
    }
}
