package io.betrue.examples.files.api;

import java.time.Instant;
import java.util.UUID;

/**
 * What a file is. Nothing of it ever changes.
 *
 * @param fileId which it is
 * @param name what it is called: no path, no control or invisible characters, an extension of its type; never a path to open as it is
 * @param mediaType what its bytes are, as they were recognised
 * @param size how many bytes it has
 * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits
 * @param uploadedAt when it came
 */
public record FileInfo(UUID fileId, String name, String mediaType, long size, String sha256, Instant uploadedAt) {}
