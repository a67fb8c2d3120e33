package io.betrue.staticfiles;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an answer piece by piece, with one buffer. Not safe for use by multiple threads. Close it when no piece is in use. */
final class Chunks implements Closeable {
    private final List<Reply.Part> parts;
    private final Buffers buffers;
    private int index;
    private long left;
    private @Nullable ByteBuffer buffer;
    private @Nullable ReadableByteChannel channel;

    /**
     * Prepares to read. A file that is gone or has changed is noticed here, before anything is sent.
     *
     * @throws IOException if the first file cannot be opened
     */
    Chunks(List<Reply.Part> parts, Buffers buffers) throws IOException {
        this.parts = parts;
        this.buffers = buffers;
        for (int i = 0; i < parts.size() && channel == null; i++) {
            if (parts.get(i) instanceof Reply.Disk disk) {
                channel = disk.file().open(disk.offset());
                left = disk.length();
            }
        }
    }

    boolean hasNext() {
        return index < parts.size();
    }

    /**
     * {@return the next piece, at least one byte; valid until the next call}
     *
     * @throws IOException if a file cannot be read or is shorter than it was
     */
    ByteBuffer next() throws IOException {
        Reply.Part part = parts.get(index);
        if (part instanceof Reply.Memory memory) {
            index++;
            return memory.bytes();
        }
        Reply.Disk disk = (Reply.Disk) part;
        ReadableByteChannel from = channel;
        if (from == null) {
            from = disk.file().open(disk.offset());
            channel = from;
            left = disk.length();
        }
        ByteBuffer piece = fill(from, disk);
        left -= piece.remaining();
        if (left == 0) {
            index++;
            channel = null;
            from.close();
        }
        return piece;
    }

    private ByteBuffer fill(ReadableByteChannel from, Reply.Disk disk) throws IOException {
        if (buffer == null) {
            buffer = buffers.take();
        }
        ByteBuffer piece = buffer.clear();
        piece.limit((int) Math.min(piece.capacity(), left));
        while (piece.hasRemaining()) {
            if (from.read(piece) < 0) {
                throw new EOFException(disk.file().path() + " has become shorter while it was sent");
            }
        }
        return piece.flip();
    }

    @Override
    public void close() throws IOException {
        index = parts.size();
        if (buffer != null) {
            buffers.give(buffer);
            buffer = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
