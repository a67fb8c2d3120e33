package io.betrue.errors;

import org.jspecify.annotations.Nullable;

/** Thrown for bytes that are not a problem: no JSON object, or beyond the limits of the parser. */
public final class ProblemFormatException extends Exception {
    private static final long serialVersionUID = 1;

    ProblemFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
