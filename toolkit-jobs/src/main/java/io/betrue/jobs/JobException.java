package io.betrue.jobs;

import org.jspecify.annotations.Nullable;

/** A job could not be handed in, read or changed. The message says which and what would do. */
public class JobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message one sentence
     * @param cause what the store or Jackson said, or {@code null}
     */
    public JobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes the exception.
     *
     * @param message one sentence
     */
    public JobException(String message) {
        super(message);
    }
}
