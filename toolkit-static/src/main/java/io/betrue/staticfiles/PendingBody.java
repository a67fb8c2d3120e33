package io.betrue.staticfiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/**
 * The result that Javalin holds for an answer of ours until it is delivered. A later handler that sets a result of its own replaces it, and one
 * that reads it gets the bytes. Not safe for use by multiple threads.
 */
final class PendingBody extends InputStream {
    private final Reply reply;
    private final Chunks chunks;
    private List<HttpField> replaced = List.of();
    private @Nullable ByteBuffer piece;

    /**
     * Opens what is to be read.
     *
     * @throws IOException if the file cannot be opened
     */
    PendingBody(Reply reply, Buffers buffers) throws IOException {
        this.reply = reply;
        this.chunks = new Chunks(reply.parts(), buffers);
    }

    Reply reply() {
        return reply;
    }

    /** {@return the fields of others that the answer has replaced} */
    List<HttpField> replaced() {
        return replaced;
    }

    void replaced(List<HttpField> fields) {
        replaced = fields;
    }

    Chunks chunks() {
        return chunks;
    }

    @Override
    public int read() throws IOException {
        ByteBuffer from = piece();
        return from == null ? -1 : from.get() & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer from = length == 0 ? null : piece();
        if (from == null) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, from.remaining());
        from.get(bytes, offset, count);
        return count;
    }

    private @Nullable ByteBuffer piece() throws IOException {
        if (piece != null && piece.hasRemaining()) {
            return piece;
        }
        piece = chunks.hasNext() ? chunks.next() : null;
        return piece;
    }

    @Override
    public void close() throws IOException {
        // its buffer belongs to another answer from now on
        piece = null;
        chunks.close();
    }
}
