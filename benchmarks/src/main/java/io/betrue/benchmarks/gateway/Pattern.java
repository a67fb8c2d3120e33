package io.betrue.benchmarks.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;

/** Bytes that look like nothing, as many as are wanted, the same each time. */
final class Pattern extends InputStream {
    private static final int BLOCK = 1 << 16;
    private static final byte[] BYTES = new byte[BLOCK + 1]; // an odd length, so that no two chunks are alike

    static {
        new Random(7).nextBytes(BYTES);
    }

    private final long length;
    private long at;

    Pattern(long length) {
        this.length = length;
    }

    /** {@return how many bytes a stream has, and their SHA-256; reads it to its end} */
    static Ledger.Sum sum(InputStream stream) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BLOCK];
        long bytes = 0;
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            digest.update(buffer, 0, count);
            bytes += count;
        }
        return new Ledger.Sum(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int read() {
        return at < length ? BYTES[(int) (at++ % BYTES.length)] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, into.length);
        if (at >= length) {
            return -1;
        }
        int from = (int) (at % BYTES.length);
        int count = (int) Math.min(Math.min(wanted, BYTES.length - from), length - at);
        System.arraycopy(BYTES, from, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(BLOCK, length - at);
    }
}
