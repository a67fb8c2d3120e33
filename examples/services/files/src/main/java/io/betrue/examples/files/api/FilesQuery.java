package io.betrue.examples.files.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the caller's files, the newest first.
 *
 * @param cursor where the page begins: {@link FilesPage#next()} of the page before, or null for the first
 * @param limit how many files at most, 1 to 200; null means 50
 */
public record FilesQuery(@Nullable String cursor, @Nullable Integer limit) {
    /** How many a page has where the caller does not say. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many a page has at most. */
    public static final int MAXIMUM_LIMIT = 200;
}
