package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses in the gzip format (RFC 1952). Equal bytes give equal output: neither a time nor a name is written. Safe for use by multiple threads.
 */
final class Gzip implements AutoCloseable {
    /** Below this the header fields of an encoding cost what it saves. */
    static final int SMALLEST = 512;

    /** Level 7 to 9 make text at most 1 % smaller than level 6 and take up to three times as long. */
    private static final int LEVEL = 6;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;

    private final Queue<Deflater> idle = new ConcurrentLinkedQueue<>();

    /**
     * Compresses bytes if that saves at least 5 %.
     *
     * @param bytes what to compress; its position is not changed
     * @return the compressed bytes, or {@code null} if they would not be small enough
     */
    byte @Nullable [] compress(ByteBuffer bytes) {
        int length = bytes.remaining();
        int most = (int) (length * 95L / 100);
        if (length < SMALLEST || most < HEADER.length + TRAILER) {
            return null;
        }
        byte[] out = new byte[most];
        System.arraycopy(HEADER, 0, out, 0, HEADER.length);
        int end = deflate(bytes.duplicate(), out);
        if (end < 0) {
            return null;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        ByteBuffer.wrap(out, end, TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(length);
        return Arrays.copyOf(out, end + TRAILER);
    }

    /** {@return the end of the compressed bytes in {@code out}, or a negative number if they do not fit} */
    private int deflate(ByteBuffer bytes, byte[] out) {
        Deflater pooled = idle.poll();
        Deflater deflater = pooled != null ? pooled : new Deflater(LEVEL, true);
        deflater.setInput(bytes);
        deflater.finish();
        int written = deflater.deflate(out, HEADER.length, out.length - HEADER.length - TRAILER);
        boolean fits = deflater.finished();
        deflater.reset();
        idle.add(deflater);
        return fits ? HEADER.length + written : -1;
    }

    /** Frees the memory of the compressors; only when no thread is compressing any more. */
    @Override
    public void close() {
        for (Deflater deflater = idle.poll(); deflater != null; deflater = idle.poll()) {
            deflater.end();
        }
    }
}
