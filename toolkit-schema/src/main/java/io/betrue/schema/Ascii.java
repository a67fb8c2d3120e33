package io.betrue.schema;

/** Classes of ASCII characters. */
final class Ascii {
    private Ascii() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' && c < 128;
    }

    static boolean isLetterOrDigit(int c) {
        return isDigit(c) || isLetter(c);
    }

    static boolean isHex(int c) {
        int lower = c | 0x20;
        return isDigit(c) || (lower >= 'a' && lower <= 'f' && c < 128);
    }

    /** {@return the number that the text has at a place, or -1 if these are not all digits} */
    static int number(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
