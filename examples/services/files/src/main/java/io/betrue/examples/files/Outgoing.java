package io.betrue.examples.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A file on its way to a reader, who gets its last bytes only if all of them are those that were uploaded: a store that has lost or changed some breaks the stream, and nobody takes a part, or
 * something else, for the file. For one thread.
 */
final class Outgoing extends FilterInputStream {
    private final long size;
    private final byte[] sha256;
    private final MessageDigest digest = Hashes.sha256();
    private long passed;

    Outgoing(InputStream stored, long size, byte[] sha256) {
        super(stored);
        this.size = size;
        this.sha256 = sha256.clone();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = super.read(target, offset, length);
        if (count < 0) {
            refuse(passed != size);
            return -1;
        }
        passed += count;
        digest.update(target, offset, count);
        refuse(passed > size || (passed == size && !Arrays.equals(digest.digest(), sha256)));
        return count;
    }

    private static void refuse(boolean changed) throws IOException {
        if (changed) {
            throw new IOException("the store has other bytes than those that were uploaded");
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] some = new byte[(int) Math.min(count, 8_192)];
        return Math.max(0, read(some, 0, some.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
