package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content hashes, in hex. */
final class Sha256 {
    private static final int PIECE = 64 << 10;
    private static final int ETAG_DIGITS = 32;

    private Sha256() {}

    static String of(byte[] bytes, int length) {
        MessageDigest digest = digest();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /**
     * Reads a file piece by piece.
     *
     * @throws IOException if it cannot be read, or does not have the size it was found with
     */
    static String of(SourceFile file) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long length = 0;
        try (ReadableByteChannel channel = file.open(0)) {
            while (channel.read(piece) >= 0) {
                length += piece.position();
                digest.update(piece.flip());
                piece.clear();
            }
        }
        if (length != file.size()) {
            throw new IOException("has changed since it was found; load the files again");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return a strong entity tag: the first half of a hash, which is plenty to tell contents apart} */
    static String etag(String hash) {
        return '"' + hash.substring(0, ETAG_DIGITS) + '"';
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
