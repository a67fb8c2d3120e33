package io.betrue.examples.files.api;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a file; its bytes are the stream beside this.
 *
 * @param name what it is called, at most 255 characters; null for the name of the stream. It is cleaned: see {@link FileInfo#name()}
 * @param mediaType what it is, {@code image/png}; null for the type of the stream. If neither says, its first bytes do
 */
public record Upload(@Nullable String name, @Nullable String mediaType) {}
