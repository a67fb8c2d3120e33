package io.betrue.examples.ledger.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the caller's own history.
 *
 * @param currency a currency code, as the caller gave it
 * @param cursor where the page begins: {@link History#next()} of the page before, or null for the newest entries
 * @param limit how many entries at most, 1 to 200; null means 50
 */
public record HistoryQuery(
        @Nullable String currency,
        @Nullable String cursor,
        @Nullable Integer limit) {
    /** How many entries a page has where the caller does not say. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many entries a page has at most. */
    public static final int MAXIMUM_LIMIT = 200;
}
