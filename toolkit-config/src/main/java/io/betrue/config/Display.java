package io.betrue.config;

import java.util.regex.Pattern;

/** Makes texts from outside fit for a terminal: one line, bounded, without control characters. */
final class Display {
    static final String MASK = "******";

    private Display() {}

    /** {@return the text with control and direction-changing characters escaped, cut to some columns} */
    static String cut(String text, int columns) {
        StringBuilder out = new StringBuilder();
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String shown = shown(text.codePointAt(i));
            width += width(shown);
            if (width > columns) {
                return shorten(out, columns - 1) + "…";
            }
            out.append(shown);
        }
        return out.toString();
    }

    /** {@return the whole text in one line, with control and direction-changing characters escaped} */
    static String line(String text) {
        return cut(text, Integer.MAX_VALUE);
    }

    private static String shorten(StringBuilder text, int columns) {
        while (width(text) > columns) {
            text.setLength(text.offsetByCodePoints(text.length(), -1));
        }
        return text.toString();
    }

    private static String shown(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isSafe(c) ? Character.toString(c) : escape(c);
        };
    }

    private static String escape(int c) {
        return c <= 0xFFFF ? String.format("\\u%04x", c) : String.format("\\u{%x}", c);
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** {@return how many columns a terminal gives the text; East Asian wide characters and emoji take two} */
    static int width(CharSequence text) {
        return text.codePoints().map(Display::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /** {@return the text with the password of every address in it masked} */
    static String withoutCredentials(String text) {
        return text.indexOf('@') < 0 ? text : UserInfo.PATTERN.matcher(text).replaceAll("://" + MASK + "@");
    }

    /** Compiled on first use only. */
    private static final class UserInfo {
        // To the last @: a password with an unescaped slash is what often makes an address faulty.
        static final Pattern PATTERN = Pattern.compile("://\\S*@");
    }
}
