package io.betrue.examples.chat.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the caller's rooms.
 *
 * @param cursor where the page begins: {@link Rooms#next()} of the page before, or null for the first
 * @param limit how many rooms at most, 1 to 200; null means 50
 */
public record RoomsQuery(@Nullable String cursor, @Nullable Integer limit) {}
