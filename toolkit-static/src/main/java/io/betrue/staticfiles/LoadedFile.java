package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that was read. Immutable, safe for use by multiple threads.
 *
 * @param source where it came from
 * @param body its bytes, in memory or to be streamed
 * @param hash the SHA-256 of its bytes in hex
 */
record LoadedFile(SourceFile source, Body body, String hash) implements Original {
    /**
     * Reads a file.
     *
     * @param inMemory whether its bytes are kept; otherwise they are read piece by piece and only the hash is
     */
    static LoadedFile read(SourceFile source, boolean inMemory) throws IOException {
        if (!inMemory) {
            return new LoadedFile(source, new Body.Streamed(source), Sha256.of(source));
        }
        byte[] bytes = source.read();
        return new LoadedFile(source, Body.InMemory.of(ByteBuffer.wrap(bytes)), Sha256.of(bytes));
    }

    @Override
    public boolean streamed() {
        return body instanceof Body.Streamed;
    }

    @Override
    public byte[] bytes() throws IOException {
        if (body instanceof Body.InMemory memory) {
            byte[] bytes = new byte[memory.bytes().remaining()];
            memory.bytes().duplicate().get(bytes);
            return bytes;
        }
        return source.read();
    }
}
