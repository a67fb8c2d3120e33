package io.betrue.examples.files.api;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;

/** The failures that only this service has; an application adds them to its catalogue. */
public enum FilesError implements ErrorCode {
    /** A file that is not there, or is somebody else's: who asks cannot tell which. */
    FILE_NOT_FOUND(ErrorDefinition.of(404, "File not found").detail("There is no such file, or it is not yours.")),

    /** Bytes of a type that is not taken. */
    FILE_TYPE_REFUSED(ErrorDefinition.of(415, "Type not taken").detail("Files of the type {mediaType} are not taken.")),

    /** Bytes that are something else than was said. */
    FILE_TYPE_DIFFERS(ErrorDefinition.of(415, "Type differs").detail("This was said to be {claimed}, and is not.")),

    /** More than a user may keep. */
    FILE_QUOTA_EXCEEDED(ErrorDefinition.of(409, "Quota exceeded")
            .detail("You may keep {files} files of {bytes} bytes together; delete some first.")),

    /** The store has no room. */
    STORAGE_FULL(ErrorDefinition.of(507, "Storage full").detail("There is no room for further files at the moment."));

    private final ErrorDefinition definition;

    FilesError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }
}
