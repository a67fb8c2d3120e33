package io.betrue.examples.wallet;

import org.jspecify.annotations.Nullable;

/** The application cannot start; the message says why and what would help. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param message why, and what would help
     * @param cause what was met, or null
     */
    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
