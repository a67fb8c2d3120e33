package io.betrue.staticfiles;

import java.nio.ByteBuffer;

/** The bytes of one representation. Immutable, safe for use by multiple threads. */
sealed interface Body {
    /** {@return the length in bytes, zero or more} */
    long length();

    /** Bytes held in memory, outside the heap: a hit copies nothing. */
    record InMemory(ByteBuffer bytes) implements Body {
        public InMemory {
            if (!bytes.isDirect() || !bytes.isReadOnly() || bytes.position() != 0) {
                throw new IllegalArgumentException(
                        "the bytes of a file must be a direct, read-only buffer at position 0");
            }
        }

        /** {@return a copy of these bytes outside the heap} */
        static InMemory of(ByteBuffer bytes) {
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining());
            return new InMemory(direct.put(bytes.duplicate()).flip().asReadOnlyBuffer());
        }

        @Override
        public long length() {
            return bytes.limit();
        }
    }

    /** A file too large for memory: read at each request, piece by piece. */
    record Streamed(SourceFile file) implements Body {
        @Override
        public long length() {
            return file.size();
        }
    }
}
