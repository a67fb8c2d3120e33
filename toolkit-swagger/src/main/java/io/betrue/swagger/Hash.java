package io.betrue.swagger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/** Tells contents apart; protects nothing. */
final class Hash {
    private Hash() {}

    /** SHA-256 of a text in lower-case hexadecimal digits. */
    static String of(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Two checksums in 16 hexadecimal digits: native code, where SHA-256 of a megabyte takes a fresh JVM a third of a second. */
    static String ofLarge(byte[] bytes) {
        return checksum(new CRC32(), bytes) + checksum(new Adler32(), bytes);
    }

    private static String checksum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return HexFormat.of().toHexDigits(checksum.getValue(), 8);
    }
}
