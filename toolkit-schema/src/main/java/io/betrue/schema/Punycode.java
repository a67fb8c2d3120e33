package io.betrue.schema;

import org.jspecify.annotations.Nullable;

/** Decodes labels of host names, RFC 3492. The JDK's {@link java.net.IDN} knows the IDNA of 2003, which drops joiners and changes letters. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;

    private Punycode() {}

    /** {@return what the part of a label behind {@code xn--} means, or null if it means nothing} */
    static @Nullable String decode(String encoded) {
        int dash = encoded.lastIndexOf('-');
        StringBuilder out = new StringBuilder(dash > 0 ? encoded.substring(0, dash) : "");
        int character = 128;
        int index = 0;
        int bias = INITIAL_BIAS;
        int at = dash > 0 ? dash + 1 : 0;
        // a label has at most 63 characters, and each step takes one at least
        while (at < encoded.length()) {
            int before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? digit(encoded.charAt(at)) : -1;
                at++;
                long next = index + digit * weight;
                if (digit < 0 || next > Integer.MAX_VALUE / 2) {
                    return null;
                }
                index = (int) next;
                int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            int length = out.codePointCount(0, out.length()) + 1;
            bias = adapt(index - before, length, before == 0);
            character += index / length;
            index %= length;
            if (character > Character.MAX_CODE_POINT) {
                return null;
            }
            out.insert(out.offsetByCodePoints(0, index), Character.toString(character));
            index++;
        }
        return out.toString();
    }

    private static int digit(char c) {
        return Ascii.isLetter(c) ? (c | 0x20) - 'a' : Ascii.isDigit(c) ? c - '0' + T_MAX : -1;
    }

    private static int adapt(int delta, int length, boolean first) {
        int left = first ? delta / DAMP : delta / 2;
        left += left / length;
        int k = 0;
        while (left > (BASE - T_MIN) * T_MAX / 2) {
            left /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * left / (left + SKEW);
    }
}
