package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as it will be served: after templates, rewriting and fingerprints, before encodings and header fields.
 *
 * @param path the path below the mount, decoded: {@code css/app-3f2a9c1b7d.css}
 * @param original the file it was made of
 * @param rewritten its bytes, in a heap buffer at position 0, where they differ from the original's, else {@code null}
 * @param hash the SHA-256 of the bytes served in hex, or {@code null} for a streamed file that is not read
 * @param modified the time for Last-Modified: the latest change of all it was made of
 * @param immutable whether the path names this very content for ever
 */
record Asset(
        String path,
        Original original,
        @Nullable ByteBuffer rewritten,
        @Nullable String hash,
        Instant modified,
        boolean immutable) {}
