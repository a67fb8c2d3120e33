package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/** Turns the path of a request target into a path of the tree. */
final class Target {
    private Target() {}

    /**
     * Decodes a raw path once.
     *
     * @param raw the path of the request target as it was sent, without the query
     * @return the decoded path, or {@code null} if it can name no file
     */
    static @Nullable String decode(@Nullable String raw) {
        return raw == null || raw.indexOf('%') >= 0 ? null : raw;
    }
}
