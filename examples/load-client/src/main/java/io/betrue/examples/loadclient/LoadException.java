package io.betrue.examples.loadclient;

import org.jspecify.annotations.Nullable;

/** Something outside this program makes its work impossible; the message is meant for the person at the keyboard. */
final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoadException(String message) {
        this(message, null);
    }

    LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
