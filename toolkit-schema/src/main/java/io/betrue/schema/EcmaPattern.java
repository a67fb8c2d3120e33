package io.betrue.schema;

import java.util.Map;

/** Translates a regular expression from the dialect of ECMA-262, which JSON Schema uses, to that of RE2. Used once. */
final class EcmaPattern {
    private static final String SPACE =
            "\\t\\n\\x0B\\f\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}"
                    + "\\x{3000}\\x{FEFF}";
    private static final String NO_SPACE =
            "\\x00-\\x08\\x0E-\\x1F!-\\x{9F}\\x{A1}-\\x{167F}\\x{1681}-\\x{1FFF}\\x{200B}-\\x{2027}"
                    + "\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}";
    private static final String ANYTHING = "\\x00-\\x{10FFFF}";
    private static final String ADVICE =
            "; write it another way, limit the length instead, or run it at your own risk with SchemasConfig.trustPattern";
    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Combining_Mark", "M"),
            Map.entry("Nonspacing_Mark", "Mn"),
            Map.entry("Spacing_Mark", "Mc"),
            Map.entry("Enclosing_Mark", "Me"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Control", "Cc"),
            Map.entry("cntrl", "Cc"),
            Map.entry("Other", "C"));

    private final String pattern;
    private final boolean lenient;
    private final boolean flags;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private EcmaPattern(String pattern, boolean lenient, boolean flags) {
        this.pattern = pattern;
        this.lenient = lenient;
        this.flags = flags;
    }

    /**
     * {@return the same expression for RE2}
     *
     * @throws Patterns.Refused if RE2 cannot run it
     */
    static String translate(String pattern) {
        return new EcmaPattern(pattern, false, true).translate();
    }

    /**
     * {@return the same expression for Java, which can look around and refer back}
     *
     * @throws Patterns.Refused if it is malformed
     */
    static String lenient(String pattern) {
        return new EcmaPattern(pattern, true, false).translate();
    }

    /**
     * {@return the same expression for Java, which may also have flags of Java's}
     *
     * @throws Patterns.Refused if it is malformed
     */
    static String trusted(String pattern) {
        return new EcmaPattern(pattern, true, true).translate();
    }

    private String translate() {
        while (at < pattern.length()) {
            step();
        }
        return out.toString();
    }

    private void step() {
        char next = pattern.charAt(at);
        switch (next) {
            case '\\' -> escape(false);
            case '[' -> characterClass();
            case '(' -> group();
            case '$' -> take(lenient ? "\\z" : "$", 1); // to Java, $ is also before a line break at the end
            case '.' -> take("[^\\n\\r\\x{2028}\\x{2029}]", 1);
            default -> take(String.valueOf(next), 1);
        }
    }

    private void take(String text, int length) {
        out.append(text);
        at += length;
    }

    private void group() {
        if (lenient) {
            if (!flags && pattern.substring(at).matches("(?s)\\(\\?[a-zA-Z]+\\).*")) {
                throw new Patterns.Refused("has flags of no group");
            }
            take("(", 1);
            return;
        }
        if (has("(?=") || has("(?!")) {
            throw new Patterns.Refused("looks ahead, which cannot be done in linear time" + ADVICE);
        }
        if (has("(?<=") || has("(?<!")) {
            throw new Patterns.Refused("looks behind, which cannot be done in linear time" + ADVICE);
        }
        take(has("(?<") ? "(?P<" : "(", has("(?<") ? 3 : 1);
    }

    private boolean has(String text) {
        return pattern.startsWith(text, at);
    }

    private void characterClass() {
        if (has("[]")) {
            take("[^" + ANYTHING + "]", 2);
            return;
        }
        if (has("[^]")) {
            take("[" + ANYTHING + "]", 3);
            return;
        }
        boolean not = has("[^");
        take(not ? "[^" : "[", not ? 2 : 1);
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char next = pattern.charAt(at);
            if (next == '\\') {
                escape(true);
            } else {
                take(
                        next == '[' || next == '&' ? "\\" + next : String.valueOf(next),
                        1); // [a[b]] and [a&&b] are Java's
            }
        }
        if (at == pattern.length()) {
            throw new Patterns.Refused("has a [ without its ]");
        }
        take("]", 1);
    }

    private void escape(boolean inClass) {
        if (at + 1 == pattern.length()) {
            throw new Patterns.Refused("ends in a single backslash");
        }
        char kind = pattern.charAt(at + 1);
        switch (kind) {
            case 's' -> take(inClass ? SPACE : "[" + SPACE + "]", 2);
            case 'S' -> take(inClass ? NO_SPACE : "[" + NO_SPACE + "]", 2);
            case 'd', 'D', 'w', 'W', 't', 'n', 'r', 'f' -> take("\\" + kind, 2);
            case 'v' -> take("\\x0B", 2);
            case 'b', 'B' -> boundary(kind, inClass);
            case 'c' -> control();
            case 'x' -> hex(2, 2);
            case 'u' -> unicode();
            case 'p', 'P' -> property(kind);
            case 'k' -> backReference(2);
            default -> other(kind);
        }
    }

    private void boundary(char kind, boolean inClass) {
        if (inClass && kind == 'B') {
            throw unknown(kind);
        }
        take(inClass ? "\\x08" : "\\" + kind, 2);
    }

    private void other(char kind) {
        if (kind == '0' && !isDigit(at + 2)) {
            take("\\x00", 2);
        } else if (kind >= '0' && kind <= '9') {
            backReference(2);
        } else if (kind < 128 && Character.isLetter(kind)) {
            throw unknown(kind);
        } else {
            take(kind < 128 ? "\\" + kind : String.valueOf(kind), 2);
        }
    }

    private boolean isDigit(int index) {
        return index < pattern.length() && Character.digit(pattern.charAt(index), 10) >= 0;
    }

    private void backReference(int length) {
        if (!lenient) {
            throw new Patterns.Refused("refers back to a group, which cannot be done in linear time" + ADVICE);
        }
        take(pattern.substring(at, at + length), length);
    }

    private static Patterns.Refused unknown(char kind) {
        return new Patterns.Refused("has \\" + kind + ", which is no escape of ECMA-262");
    }

    private void control() {
        char letter = at + 2 < pattern.length() ? pattern.charAt(at + 2) : '0';
        if (!((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'))) {
            throw unknown('c');
        }
        take("\\x{" + Integer.toHexString(letter % 32) + "}", 3);
    }

    private void hex(int skip, int digits) {
        int value = number(at + skip, digits);
        take("\\x{" + Integer.toHexString(value) + "}", skip + digits);
    }

    private int number(int from, int digits) {
        try {
            return Integer.parseUnsignedInt(pattern.substring(from, from + digits), 16);
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new Patterns.Refused("has an escape of a character that is not complete");
        }
    }

    private void unicode() {
        if (has("\\u{")) {
            int end = pattern.indexOf('}', at);
            int digits = end - at - 3;
            int value = digits < 1 || digits > 6 ? -1 : number(at + 3, digits);
            if (value < 0 || value > Character.MAX_CODE_POINT) {
                throw new Patterns.Refused("has \\u{…} that is no character");
            }
            take("\\x{" + Integer.toHexString(value) + "}", end + 1 - at);
            return;
        }
        int high = number(at + 2, 4);
        boolean pair = Character.isHighSurrogate((char) high) && pattern.startsWith("\\u", at + 6);
        int low = pair ? number(at + 8, 4) : 0;
        if (pair && Character.isLowSurrogate((char) low)) {
            take("\\x{" + Integer.toHexString(Character.toCodePoint((char) high, (char) low)) + "}", 12);
        } else {
            hex(2, 4);
        }
    }

    private void property(char kind) {
        int end = has("\\" + kind + "{") ? pattern.indexOf('}', at) : -1;
        if (end < 0) {
            throw new Patterns.Refused("has \\" + kind + " without a property in braces");
        }
        String name = pattern.substring(at + 3, end).replaceFirst("^(General_Category|gc|Script|sc)=", "");
        String known = name.equals("Any") ? ANYTHING : name.equals("ASCII") ? "\\x00-\\x7F" : null;
        if (known != null && kind == 'p') {
            take("[" + known + "]", end + 1 - at);
        } else {
            String category = CATEGORIES.getOrDefault(name, name);
            boolean script = category.length() > 2 && !category.startsWith("Is");
            // RE2 knows a script by its name, Java with Is before it
            take("\\" + kind + "{" + (lenient && script ? "Is" : "") + category + "}", end + 1 - at);
        }
    }
}
