package io.betrue.schema;

import java.net.IDN;
import java.util.Locale;

/** Host names: RFC 1123 section 2.1, and RFC 5890 with characters of all scripts. One label is enough: {@code db} is a host. */
final class Hostnames {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private Hostnames() {}

    static boolean isHostname(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '.' : text.charAt(i);
            if (c == '.') {
                if (!isLabel(text, start, i)) {
                    return false;
                }
                start = i + 1;
            } else if (c != '-' && !Ascii.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabel(String text, int start, int end) {
        int length = end - start;
        if (length == 0 || length > LONGEST_LABEL || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        boolean reserved = length > 3 && text.charAt(start + 2) == '-' && text.charAt(start + 3) == '-';
        return !reserved || isEncoded(text.substring(start, end));
    }

    /** {@return whether a label with two dashes in the third place is one that IDNA has made} */
    private static boolean isEncoded(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("xn--")) {
            return false;
        }
        String decoded = Punycode.decode(lower.substring("xn--".length()));
        return decoded != null && IdnLabels.isLabel(decoded);
    }

    static boolean isIdnHostname(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        int total = -1;
        for (String label : text.split("[.\u3002\uFF0E\uFF61]", -1)) {
            int length = encodedLength(label);
            total += length + 1;
            if (length < 0) {
                return false;
            }
        }
        return total <= LONGEST;
    }

    private static int encodedLength(String label) {
        if (label.chars().allMatch(c -> c < 128)) {
            return isHostname(label) && label.indexOf('.') < 0 ? label.length() : -1;
        }
        if (!IdnLabels.isLabel(label)) {
            return -1;
        }
        try {
            return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).length();
        } catch (IllegalArgumentException e) {
            // longer than 63 once it is encoded
            return -1;
        }
    }
}
