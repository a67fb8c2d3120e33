package io.betrue.examples.chat.api;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;

/** The failures that only this service has; an application adds them to its catalogue. */
public enum ChatError implements ErrorCode {
    /** A room that is not there, or that the caller is not in: who is outside cannot tell which. */
    ROOM_NOT_FOUND(ErrorDefinition.of(404, "Room not found").detail("There is no such room, or you are not in it.")),

    /** A file that does not belong to the message, or that its owner has deleted. */
    ATTACHMENT_NOT_FOUND(ErrorDefinition.of(404, "Attachment not found")
            .detail("There is no such file with this message, or its owner has deleted it.")),

    /** A user that is not there. */
    USER_NOT_FOUND(ErrorDefinition.of(404, "User not found").detail("There is no such user.")),

    /** A third one, or a way out, where two talk in private. */
    ROOM_IS_PRIVATE(ErrorDefinition.of(409, "Room is private").detail("Who is in a private chat does not change.")),

    /** More members, or more rooms, than there may be. */
    ROOM_LIMIT(ErrorDefinition.of(409, "Too many").detail("The limit of {limit} is reached."));

    private final ErrorDefinition definition;

    ChatError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }
}
