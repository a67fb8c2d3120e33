package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;

/** A file as it was found in a root. Immutable, safe for use by multiple threads. */
interface SourceFile {
    /** {@return the path below the root as it is on disk: {@code css/app.css}, never with a slash at either end} */
    String path();

    /** {@return the size in bytes when it was found} */
    long size();

    /** {@return the time of its last change when it was found} */
    Instant modified();

    /**
     * Tells whether this file is believed to have the same bytes as another one, found at the same path by an earlier scan, without reading them.
     */
    boolean sameAs(SourceFile earlier);

    /**
     * Reads it as a whole.
     *
     * @throws IOException if it cannot be read, or has changed since it was found
     */
    byte[] read() throws IOException;

    /**
     * Opens it for reading from a position on. Whoever opens it closes it.
     *
     * @throws IOException if it cannot be read, or has changed since it was found
     */
    ReadableByteChannel open(long position) throws IOException;
}
