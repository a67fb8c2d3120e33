package io.betrue.commands.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Values of headers beyond ASCII: their UTF-8 bytes, as which most clients read them (RFC 9110, section 5.5, leaves it open). */
final class Latin {
    private static final int ASCII = 0x7f;

    private Latin() {}

    /** A text whose characters are the bytes that Jetty writes. */
    static String written(String value) {
        return value.chars().allMatch(c -> c <= ASCII)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text behind the bytes that came; what is no UTF-8 was meant as it stands. */
    static String read(String value) {
        if (value.chars().allMatch(c -> c <= ASCII)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
