package io.betrue.localservers;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot do its work; the message says why and what would help. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    EmbeddedPostgresException(String message) {
        this(message, null);
    }
}
