package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the path of a request target into a path of the tree, and back (RFC 3986).
 *
 * <p>Nothing is ever resolved or normalized except runs of slashes: a path that could mean two things to two readers names no file.
 */
final class Target {
    /** The longest path that is looked at, in characters; Jetty's own limit for the whole head is 8 KiB by default. */
    static final int LIMIT = 8192;

    private static final byte REFUSED = 0;
    private static final byte PLAIN = 1;
    private static final byte SPECIAL = 2;
    private static final byte[] KINDS = kinds();
    private static final boolean[] UNENCODED = unencoded();

    private Target() {}

    /**
     * Decodes a raw path exactly once.
     *
     * @param raw the path of the request target as it was sent, without the query
     * @return the decoded path, the same instance where nothing is encoded; {@code null} if it can name no file: it does not start with a slash,
     *     is longer than {@link #LIMIT}, is not UTF-8, or has a dot segment, a path parameter ({@code ;}, while {@code %3B} is a letter of a name),
     *     a backslash, an encoded slash, a control character or a character outside ASCII that is not encoded
     */
    static @Nullable String decode(@Nullable String raw) {
        if (raw == null || raw.length() > LIMIT || raw.isEmpty() || raw.charAt(0) != '/') {
            return null;
        }
        boolean plain = true;
        char previous = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            byte kind = c < 128 ? KINDS[c] : REFUSED;
            if (kind == SPECIAL) {
                if (c == '.' && previous == '/' && isDotSegment(raw, i)) {
                    return null;
                }
                plain &= c == '.' || (c == '/' && previous != '/');
            } else if (kind == REFUSED) {
                return null;
            }
            previous = c;
        }
        return plain ? raw : decoded(raw);
    }

    /** The slow way: every character of {@code raw} is known to be allowed as it stands. */
    private static @Nullable String decoded(String raw) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            int c = raw.charAt(i);
            if (c == '%') {
                c = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
                if (c < ' ' || c == '/' || c == '\\') {
                    return null;
                }
                i += 2;
            } else if (c == '/' && length > 0 && bytes[length - 1] == '/') {
                continue;
            }
            bytes[length++] = (byte) c;
        }
        return checked(ByteBuffer.wrap(bytes, 0, length));
    }

    private static @Nullable String checked(ByteBuffer utf8) {
        String path;
        try {
            path = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c) || (c == '.' && path.charAt(i - 1) == '/' && isDotSegment(path, i))) {
                return null;
            }
        }
        return path;
    }

    /** {@return whether the segment that starts with the dot at {@code start} is {@code .} or {@code ..}} */
    private static boolean isDotSegment(String path, int start) {
        int end = start + 1;
        if (end < path.length() && path.charAt(end) == '.') {
            end++;
        }
        return end == path.length() || path.charAt(end) == '/';
    }

    /** {@return the value of a hex digit; a negative number if it is none, also when it is shifted or joined to another} */
    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /**
     * Encodes a decoded path for a {@code Location} or a link. Of RFC 3986's {@code pchar} those stay that mean nothing anywhere, so that the
     * result can stand in a page, between quotes and in {@code url(…)}: {@code ;} would also be a path parameter, see {@link #decode}. All others
     * become their UTF-8 bytes, percent-encoded with upper-case digits.
     *
     * @param path a decoded path
     * @return the encoded path, the same instance where nothing needs encoding
     */
    static String encode(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c >= 128 || !UNENCODED[c]) {
                return encoded(path);
            }
        }
        return path;
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && UNENCODED[b]) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(digit(b >> 4)).append(digit(b));
            }
        }
        return encoded.toString();
    }

    private static char digit(int value) {
        return "0123456789ABCDEF".charAt(value & 15);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = '!'; c <= '~'; c++) {
            kinds[c] = PLAIN;
        }
        for (char c : new char[] {'%', '/', '.'}) {
            kinds[c] = SPECIAL;
        }
        for (char c : new char[] {';', '\\', '?', '#'}) {
            kinds[c] = REFUSED;
        }
        return kinds;
    }

    private static boolean[] unencoded() {
        boolean[] unencoded = new boolean[128];
        String pchars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$+,=:@/";
        pchars.chars().forEach(c -> unencoded[c] = true);
        return unencoded;
    }
}
