package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/** Reads the tokens of CSS that can be, or can hide, a URL (CSS Syntax Module Level 3, section 4.3). Never throws. */
final class CssScanner {
    private final String css;
    private int at;

    CssScanner(String css) {
        this.css = css;
    }

    boolean more() {
        return at < css.length();
    }

    char peek() {
        return peek(0);
    }

    boolean at(char c) {
        return more() && peek() == c;
    }

    void skip() {
        at++;
    }

    /** Skips one run of white space or one comment, if one stands here. */
    boolean skipBlankOrComment() {
        int start = at;
        skipBlanks();
        if (css.startsWith("/*", at)) {
            int end = css.indexOf("*/", at + 2);
            at = end < 0 ? css.length() : end + 2;
        }
        return at > start;
    }

    /** {@return whether a name starts that many characters on} */
    boolean nameStartsAt(int ahead) {
        char c = peek(ahead);
        if (c == '-') {
            char next = peek(ahead + 1);
            return next == '-' || nameStart(next) || escapeAt(at + ahead + 1);
        }
        return nameStart(c) || escapeAt(at + ahead);
    }

    /** {@return the name that stands here; empty if there is none} */
    Span name() {
        Span.Builder name = new Span.Builder();
        while (more()) {
            if (nameStart(peek()) || digit(peek()) || peek() == '-') {
                name.add(peek(), at);
                at++;
            } else if (escapeAt(at)) {
                escape(name);
            } else {
                break;
            }
        }
        return name.end(at);
    }

    /** {@return what the string that starts here says, or {@code null} if its line ends before it does} */
    @Nullable
    Span string() {
        char quote = peek();
        at++;
        Span.Builder string = new Span.Builder();
        while (more()) {
            char c = peek();
            if (c == quote) {
                Span all = string.end(at);
                at++;
                return all;
            }
            if (newLine(c)) {
                return null;
            }
            if (c == '\\' && at + 1 < css.length() && newLine(peek(1))) {
                at += css.startsWith("\r\n", at + 1) ? 3 : 2;
            } else {
                character(string);
            }
        }
        return string.end(at);
    }

    /** {@return whether the next character that is not white space is a quote} */
    boolean stringAfterBlanks() {
        int ahead = 0;
        while (blank(peek(ahead))) {
            ahead++;
        }
        return peek(ahead) == '"' || peek(ahead) == '\'';
    }

    /** {@return the URL without quotes after {@code url(}, or {@code null} if it is none; its bracket is passed in either case} */
    @Nullable
    Span bareUrl() {
        skipBlanks();
        Span.Builder url = new Span.Builder();
        while (more() && peek() != ')' && !blank(peek())) {
            char c = peek();
            boolean broken = c == '\\' ? !escapeAt(at) : c == '"' || c == '\'' || c == '(' || c < ' ' || c == 0x7f;
            if (broken) {
                return brokenUrl();
            }
            character(url);
        }
        Span all = url.end(at);
        skipBlanks();
        if (more() && peek() != ')') {
            return brokenUrl();
        }
        at++;
        return all;
    }

    private @Nullable Span brokenUrl() {
        while (more() && peek() != ')') {
            at += escapeAt(at) ? 2 : 1;
        }
        at++;
        return null;
    }

    private void character(Span.Builder to) {
        if (peek() == '\\') {
            escape(to);
        } else {
            to.add(peek(), at);
            at++;
        }
    }

    /** Reads a backslash and what it escapes. */
    private void escape(Span.Builder to) {
        int start = at;
        at++;
        int value = 0;
        int digits = 0;
        while (digits < 6 && Character.digit(ascii(peek()), 16) >= 0) {
            value = value * 16 + Character.digit(peek(), 16);
            digits++;
            at++;
        }
        if (digits > 0) {
            at += css.startsWith("\r\n", at) ? 2 : blank(peek()) ? 1 : 0;
            boolean valid = value != 0 && value <= Character.MAX_CODE_POINT && (value < 0xD800 || value > 0xDFFF);
            to.add(valid ? value : 0xFFFD, start);
        } else if (more()) {
            int codePoint = css.codePointAt(at);
            at += Character.charCount(codePoint);
            to.add(codePoint, start);
        }
    }

    private boolean escapeAt(int index) {
        return index + 1 < css.length() && css.charAt(index) == '\\' && !newLine(css.charAt(index + 1));
    }

    private void skipBlanks() {
        while (blank(peek())) {
            at++;
        }
    }

    /** {@return the character that many on, or NUL after the end} */
    private char peek(int ahead) {
        return at + ahead < css.length() ? css.charAt(at + ahead) : 0;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char ascii(char c) {
        return c < 0x80 ? c : 0;
    }

    private static boolean nameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || newLine(c);
    }

    private static boolean newLine(char c) {
        return c == '\n' || c == '\r' || c == '\f';
    }
}
