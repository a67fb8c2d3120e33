package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;

/** Reads one expression. Not safe for use by multiple threads. */
final class TemplateParser {
    /** The most characters between the braces. */
    static final int LONGEST = 1_000;

    private static final int DEEPEST = 8;

    private final String text;
    private final TemplatePlaces places;
    private final int limit;
    private int at;

    /** Starts behind the opening braces. */
    TemplateParser(String text, int start, TemplatePlaces places) {
        this.text = text;
        this.places = places;
        this.at = start;
        this.limit = Math.min(text.length(), start + LONGEST + 2);
    }

    /** Not an expression. Carries no stack trace: it never leaves the reader of templates. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** {@return where the reader stands: behind the closing braces, or where it was refused} */
    int at() {
        return at;
    }

    /** {@return whether no more characters may be read} */
    boolean exhausted() {
        return at >= limit;
    }

    TemplateExpression read() throws Refused {
        TemplateExpression expression = expression(0);
        if (peek() != '}' || at + 1 >= limit || text.charAt(at + 1) != '}') {
            throw new Refused("expected \"}}\" but found " + found());
        }
        at += 2;
        return expression;
    }

    private TemplateExpression expression(int depth) throws Refused {
        char c = peek();
        if (c == '\'' || c == '"') {
            return new TemplateExpression.Literal(string(c));
        }
        if (c == '-' || TemplateChars.isDigit(c)) {
            return new TemplateExpression.Literal(number());
        }
        if (isNameStart(c)) {
            return named(depth);
        }
        throw new Refused("expected a function, a string, a number, true or false but found " + found());
    }

    private TemplateExpression named(int depth) throws Refused {
        int start = at;
        while (at < limit && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        TemplatePlaces.Place place = places.of(start);
        if (name.equals("true") || name.equals("false")) {
            return new TemplateExpression.Literal(name.equals("true"));
        }
        if (peek() != '(') {
            throw new Refused("expected \"(\" behind the function's name " + name + " but found " + found()
                    + "; text is written in quotes");
        }
        if (depth == DEEPEST) {
            throw new Refused("calls are nested deeper than " + DEEPEST);
        }
        at++;
        return new TemplateExpression.Call(name, arguments(depth + 1), place);
    }

    private List<TemplateExpression> arguments(int depth) throws Refused {
        List<TemplateExpression> arguments = new ArrayList<>();
        if (peek() == ')') {
            at++;
            return List.of();
        }
        while (true) {
            arguments.add(expression(depth));
            char c = peek();
            if (c != ',' && c != ')') {
                throw new Refused("expected \",\" or \")\" but found " + found());
            }
            at++;
            if (c == ')') {
                return List.copyOf(arguments);
            }
        }
    }

    private String string(char quote) throws Refused {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < limit && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\n' || c == '\r') {
                throw new Refused("a string ends before its line does; a line break in it is written \\n");
            }
            value.append(c == '\\' ? escape() : c);
        }
        if (at >= limit) {
            throw new Refused("a string is not closed by " + quote);
        }
        at++;
        return value.toString();
    }

    private char escape() throws Refused {
        char c = at < limit ? text.charAt(at++) : 0;
        return switch (c) {
            case '\'', '"', '\\' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new Refused("a string knows the escapes \\' \\\" \\\\ \\n \\t \\u0000 only");
        };
    }

    private char unicode() throws Refused {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < limit && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw new Refused("\\u must be followed by four hexadecimal digits");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private Object number() throws Refused {
        int start = at;
        at += text.charAt(at) == '-' ? 1 : 0;
        boolean valid = digits();
        boolean decimal = valid && at < limit && text.charAt(at) == '.';
        if (decimal) {
            at++;
            valid = digits();
        }
        if (!valid || (at < limit && isNamePart(text.charAt(at)))) {
            throw new Refused("a number is written like 42, -7 or 0.5");
        }
        return value(text.substring(start, at), decimal);
    }

    private static Object value(String digits, boolean decimal) throws Refused {
        try {
            double value = Double.parseDouble(digits);
            if (decimal && Double.isFinite(value)) {
                return value;
            }
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new Refused("number " + abbreviated(digits) + " is too large; write it as a string");
        }
    }

    private boolean digits() {
        int start = at;
        while (at < limit && TemplateChars.isDigit(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    /** Skips white space and looks at the next character; NUL at the end. */
    private char peek() {
        while (at < limit && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < limit ? text.charAt(at) : 0;
    }

    private String found() {
        if (at >= limit) {
            return "the end";
        }
        int c = text.codePointAt(at);
        return c > 0x20 && c < 0x7f ? "\"" + Character.toString(c) + "\"" : String.format("U+%04X", c);
    }

    private static String abbreviated(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    private static boolean isNameStart(char c) {
        return TemplateChars.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || TemplateChars.isDigit(c) || c == '.' || c == '-';
    }
}
