package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;

/**
 * An answer that is decided and not yet written. It is written once.
 *
 * @param status the HTTP status
 * @param headers all fields of the answer
 * @param parts what is written, in order, together as long as the Content-Length; empty for HEAD, 304 and the like
 */
record Reply(int status, List<HttpField> headers, List<Part> parts) {
    /** {@return whether a file is read to write it} */
    boolean readsDisk() {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Disk) {
                return true;
            }
        }
        return false;
    }

    /** A stretch of a body, at least one byte long. */
    sealed interface Part {
        /** {@return its length in bytes} */
        long length();

        /** {@return a stretch of a body} */
        static Part of(Body body, long offset, long length) {
            return body instanceof Body.InMemory memory
                    ? new Memory(memory.bytes().slice((int) offset, (int) length))
                    : new Disk(((Body.Streamed) body).file(), offset, length);
        }
    }

    /**
     * Bytes at hand.
     *
     * @param bytes a view of its own: whoever writes it moves its position
     */
    record Memory(ByteBuffer bytes) implements Part {
        @Override
        public long length() {
            return bytes.remaining();
        }
    }

    /** Bytes to be read from a file. */
    record Disk(SourceFile file, long offset, long length) implements Part {}
}
