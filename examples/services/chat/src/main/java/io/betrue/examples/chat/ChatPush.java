package io.betrue.examples.chat;

import java.util.UUID;

/**
 * Tells clients what has happened, on whichever node they are connected. Each method throws if it is not known that all nodes will hear of it; then it is called again. Called by many threads at
 * once.
 */
public interface ChatPush {
    /**
     * Tells everybody who listens to a room, in the order of the calls.
     *
     * @param roomId the room
     * @param event what has happened
     * @param data what belongs to it, a record
     */
    void toRoom(UUID roomId, String event, Object data);

    /**
     * Tells a user, wherever connected.
     *
     * @param userId who
     * @param event what has happened
     * @param data what belongs to it, a record
     */
    void toUser(UUID userId, String event, Object data);

    /**
     * Ends a user's listening to a room.
     *
     * @param userId who
     * @param roomId the room
     */
    void remove(UUID userId, UUID roomId);
}
