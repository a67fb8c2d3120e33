package io.betrue.schema;

/** URI templates, RFC 6570 section 2. */
final class UriTemplates {
    private static final String OPERATORS = "+#./;?&=,!@|";
    private static final int LONGEST_PREFIX = 4;

    private UriTemplates() {}

    static boolean isTemplate(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0 || !isExpression(text.substring(at + 1, end))) {
                    return false;
                }
                at = end + 1;
            } else {
                int length = literal(text, at);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    private static int literal(String text, int at) {
        int c = text.codePointAt(at);
        if (c == '%') {
            return isEncoded(text, at) ? 3 : 0;
        }
        if (c > 127) {
            return Uris.isInternational(c, true) ? Character.charCount(c) : 0;
        }
        return c <= ' ' || c == 127 || "\"<>\\^`{|}".indexOf(c) >= 0 ? 0 : 1;
    }

    private static boolean isEncoded(String text, int at) {
        return at + 2 < text.length() && Ascii.isHex(text.charAt(at + 1)) && Ascii.isHex(text.charAt(at + 2));
    }

    private static boolean isExpression(String expression) {
        boolean operator = !expression.isEmpty() && OPERATORS.indexOf(expression.charAt(0)) >= 0;
        for (String variable : expression.substring(operator ? 1 : 0).split(",", -1)) {
            if (!isVariable(variable)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariable(String variable) {
        int colon = variable.indexOf(':');
        String name = variable;
        if (colon >= 0) {
            String prefix = variable.substring(colon + 1);
            boolean length = !prefix.isEmpty() && prefix.length() <= LONGEST_PREFIX && prefix.charAt(0) != '0';
            if (!length || !prefix.chars().allMatch(Ascii::isDigit)) {
                return false;
            }
            name = variable.substring(0, colon);
        } else if (variable.endsWith("*")) {
            name = variable.substring(0, variable.length() - 1);
        }
        return isName(name);
    }

    private static boolean isName(String name) {
        boolean afterDot = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' && !afterDot) {
                afterDot = true;
                continue;
            }
            if (c == '%' && isEncoded(name, i)) {
                i += 2;
            } else if (!Ascii.isLetterOrDigit(c) && c != '_') {
                return false;
            }
            afterDot = false;
        }
        return !afterDot;
    }
}
