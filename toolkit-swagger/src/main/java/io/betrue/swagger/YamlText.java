package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes JSON as YAML that versions 1.1 and 1.2 read alike. An emitter for all of YAML asks of each text which of five styles would suit it, which takes a
 * fresh JVM longer than the rest of the document; here each text is quoted.
 */
final class YamlText {
    /** From here on a key is written with a question mark: a parser looks for the colon of any other in its first 1,024 characters. */
    private static final int LONG_KEY = 500;

    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");
    private static final String START = "$/_";
    private static final String REST = "$/_-.{}";

    private final StringBuilder out = new StringBuilder(1 << 16);

    private YamlText() {}

    /** A document, with a line break at its end. */
    static String of(JsonNode root) {
        YamlText text = new YamlText();
        text.value(root, 0);
        return text.out.toString();
    }

    /** Writes a value where a line has got to the column of its members. */
    private void value(JsonNode value, int column) {
        if (isBlock(value)) {
            block(value, column);
        } else {
            scalar(value);
            out.append('\n');
        }
    }

    private void block(JsonNode value, int column) {
        boolean first = true;
        if (value.isArray()) {
            for (JsonNode item : value) {
                indent(first, column);
                first = false;
                out.append("- ");
                value(item, column + 2);
            }
        } else {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                indent(first, column);
                first = false;
                member(member.getKey(), member.getValue(), column);
            }
        }
    }

    private void member(String name, JsonNode value, int column) {
        if (name.length() >= LONG_KEY) {
            out.append("? ");
            quote(name);
            out.append('\n');
            indent(false, column);
            out.append(": ");
            value(value, column + 2);
            return;
        }
        if (isPlain(name)) {
            out.append(name);
        } else {
            quote(name);
        }
        out.append(':');
        if (isBlock(value)) {
            int inner = value.isArray() ? column : column + 2;
            out.append('\n');
            indent(false, inner);
            block(value, inner);
        } else {
            out.append(' ');
            scalar(value);
            out.append('\n');
        }
    }

    private static boolean isBlock(JsonNode value) {
        return value.isContainerNode() && !value.isEmpty();
    }

    private void indent(boolean already, int column) {
        for (int i = 0; !already && i < column; i++) {
            out.append(' ');
        }
    }

    private void scalar(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> out.append("{}");
            case ARRAY -> out.append("[]");
            case STRING -> quote(value.textValue());
            case NUMBER -> out.append(number(value.asText()));
            case BOOLEAN -> out.append(value.booleanValue());
            default -> out.append("null");
        }
    }

    /** A number with an exponent needs a point and a sign as well in YAML 1.1; without them it is a text. */
    private static String number(String text) {
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String digits = text.substring(0, exponent);
        String power = text.substring(exponent + 1);
        boolean signed = power.startsWith("-") || power.startsWith("+");
        return digits + (digits.contains(".") ? "" : ".0") + "E" + (signed ? "" : "+") + power;
    }

    /** Whether a key is a text without quotes too. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && (i == 0 ? START.indexOf(c) < 0 : !digit && REST.indexOf(c) < 0)) {
                return false;
            }
        }
        return !name.isEmpty() && (name.length() > 5 || !WORDS.contains(name.toLowerCase(Locale.ROOT)));
    }

    private void quote(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                String escape = escape(c);
                if (!escape.isEmpty()) {
                    out.append(text, from, i).append(escape);
                    from = i + 1;
                }
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    /** What stands for a character that ends a line or may not stand in YAML; empty if it stands for itself. */
    private static String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF' -> String.format("\\u%04X", (int) c);
            default -> c < ' ' || (c > '~' && c < '\u00A0') ? String.format("\\x%02X", (int) c) : "";
        };
    }
}
