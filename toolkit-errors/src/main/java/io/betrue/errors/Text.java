package io.betrue.errors;

/** Cuts and mends texts so that every transport can carry them. */
final class Text {
    /** The longest name of a member, in characters; a longer one is cut. */
    static final int MAX_NAME = 200;

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /** Replaces lone surrogates, and cuts what is longer than a number of characters, ending it in an ellipsis. */
    static String clean(String text, int max) {
        return mend(text.length() <= max ? text : cut(text, max - 1) + "…");
    }

    private static String cut(String text, int length) {
        boolean splitsPair =
                Character.isHighSurrogate(text.charAt(length - 1)) && Character.isLowSurrogate(text.charAt(length));
        return text.substring(0, splitsPair ? length - 1 : length);
    }

    private static String mend(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
            } else {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended == null ? text : mended.toString();
    }

    /** Cuts a text to a number of bytes in UTF-8, between characters; expects no lone surrogates. */
    static String cutBytes(String text, int max) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > max) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    /** Replaces what is not printable ASCII by question marks, for headers. */
    static String ascii(String text, int max) {
        StringBuilder ascii = new StringBuilder(Math.min(text.length(), max));
        text.codePoints().limit(max).forEach(point -> ascii.append(point >= ' ' && point < 0x7F ? (char) point : '?'));
        return ascii.toString();
    }
}
