package io.betrue.examples.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Bytes of files. */
final class Samples {
    /** A picture of one point. */
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static final byte[] TEXT = "Grüße, 你好 \uD83D\uDE00\r\n\tend".getBytes(StandardCharsets.UTF_8);

    private Samples() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return something that begins as a picture does and goes on at random} */
    static byte[] png(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy(PNG, 0, bytes, 0, Math.min(size, MediaType.HEAD));
        return bytes;
    }

    static byte[] head(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, MediaType.HEAD));
    }
}
