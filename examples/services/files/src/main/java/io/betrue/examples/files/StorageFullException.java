package io.betrue.examples.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no room for bytes. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Says so.
     *
     * @param message where there is no room
     * @param cause how it was noticed, or null
     */
    public StorageFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
