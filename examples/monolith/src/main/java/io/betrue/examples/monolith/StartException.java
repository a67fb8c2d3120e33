package io.betrue.examples.monolith;

import org.jspecify.annotations.Nullable;

/** The application cannot start; the message says why and what would help. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
