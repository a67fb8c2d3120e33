package io.betrue.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A text that does not show itself: {@link #toString()} is a mask, so that a log line or a string template cannot leak
 * it by accident.
 * <p>Immutable; safe for use by multiple threads.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text the text to hide
     * @return the secret
     */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** {@return the text itself; the one place where it comes out} */
    public String reveal() {
        return text;
    }

    /** Compares in a time that does not depend on where the texts differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return a mask of fixed length} */
    @Override
    public String toString() {
        return "******";
    }
}
