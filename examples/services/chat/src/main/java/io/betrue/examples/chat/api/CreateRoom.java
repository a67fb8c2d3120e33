package io.betrue.examples.chat.api;

import org.jspecify.annotations.Nullable;

/**
 * Opens a room, with the caller in it.
 *
 * @param name what it is called, 1 to 100 characters, as the caller gave it
 */
public record CreateRoom(@Nullable String name) {}
