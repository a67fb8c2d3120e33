package io.betrue.staticfiles;

/** The characters that languages of the web have in common. */
final class TemplateChars {
    private TemplateChars() {}

    /** {@return whether it is a letter of ASCII} */
    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** {@return whether it is a digit of ASCII} */
    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** {@return whether it is a letter or a digit of ASCII} */
    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    /** {@return whether it is a hexadecimal digit} */
    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** {@return where a character is found first, or {@code to}; looks no further, so that a walk through parts stays linear} */
    static int indexOf(String text, char c, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) != c) {
            at++;
        }
        return at;
    }

    /** {@return whether HTML and CSS take it for white space} */
    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
