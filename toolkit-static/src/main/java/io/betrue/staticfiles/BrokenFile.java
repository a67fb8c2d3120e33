package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;

/**
 * A file that code could not make; it makes a load fail with its reason, beside all other faults.
 *
 * @param path the path below the root
 * @param modified when it failed
 * @param reason why
 */
record BrokenFile(String path, Instant modified, String reason) implements SourceFile {
    @Override
    public long size() {
        return 0;
    }

    @Override
    public boolean sameAs(SourceFile earlier) {
        return false;
    }

    @Override
    public byte[] read() throws IOException {
        throw new IOException(reason);
    }

    @Override
    public ReadableByteChannel open(long position) throws IOException {
        throw new IOException(reason);
    }
}
