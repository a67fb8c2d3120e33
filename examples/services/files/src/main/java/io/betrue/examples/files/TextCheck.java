package io.betrue.examples.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Whether bytes are text, looked at while they pass: UTF-8, and no control characters but tabs and ends of lines or pages. For one stream, by one thread. */
final class TextCheck {
    private static final int SOME = 8_192;
    private static final String ALLOWED = "\t\n\f\r";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // which reports what is malformed
    private final ByteBuffer bytes = ByteBuffer.allocate(SOME);
    private final CharBuffer chars = CharBuffer.allocate(SOME);

    /** {@return whether it can still be text} */
    boolean take(byte[] source, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int count = Math.min(end - from, bytes.remaining()); // never none: at most three bytes wait for a fourth
            bytes.put(source, from, count);
            from += count;
            if (!decode(false)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it is text, now that nothing follows} */
    boolean end() {
        return decode(true);
    }

    private boolean decode(boolean last) {
        bytes.flip();
        chars.clear();
        boolean malformed = decoder.decode(bytes, chars, last).isError();
        bytes.compact();
        chars.flip();
        return !malformed && chars.chars().noneMatch(c -> (c < ' ' && ALLOWED.indexOf(c) < 0) || c == 0x7f);
    }
}
