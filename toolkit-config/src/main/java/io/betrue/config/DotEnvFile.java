package io.betrue.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code .env} file.
 * <p>{@code NAME=value}, optionally after {@code export}; white space around name and value does not count. A {@code #}
 * starts a comment at the start of a line or after white space. In single quotes everything is literal, in double quotes
 * {@code \n \r \t \\ \"} are escapes; both may span lines. A name given twice is a fault. Messages never repeat a value.
 */
final class DotEnvFile {
    private final String file;
    private final String text;
    private final List<ConfigFault> faults;
    private final Map<String, Raw> values = new LinkedHashMap<>();
    private int at;
    private int line = 1;

    DotEnvFile(String file, String text, List<ConfigFault> faults) {
        this.file = file;
        this.text = text.replace("\r\n", "\n").replace('\r', '\n');
        this.faults = faults;
        while (at < this.text.length()) {
            readLine();
        }
    }

    Map<String, Raw> values() {
        return values;
    }

    private void readLine() {
        int start = line;
        skipBlanks();
        if (at < text.length() && current() != '\n' && current() != '#') {
            try {
                readEntry(start);
            } catch (Refusal refusal) {
                faults.add(SettingsTree.fault(file + ":" + start, refusal.reason()));
            }
        }
        skipLine();
    }

    private void readEntry(int start) {
        int end = lineEnd();
        int equals = text.indexOf('=', at);
        if (equals < 0 || equals > end) {
            throw new Refusal("has no =");
        }
        String name = text.substring(at, equals).strip();
        if (name.startsWith("export ") || name.startsWith("export\t")) {
            name = name.substring(7).strip();
        }
        at = equals + 1;
        if (!Names.isValid(name)) {
            throw new Refusal("has no valid variable name before the =");
        }
        Raw raw = readValue(file + ":" + start);
        Raw earlier = values.putIfAbsent(name, raw);
        if (earlier != null) {
            throw new Refusal("sets " + name + " again, first set at " + earlier.origin());
        }
    }

    private Raw readValue(String origin) {
        int valueAt = at;
        skipBlanks();
        char quote = at < text.length() ? current() : '\n';
        if (quote == '\'' || quote == '"') {
            String value = quoted(quote);
            skipBlanks();
            if (at < text.length() && current() != '\n' && current() != '#') {
                throw new Refusal("has text after the closing quote");
            }
            return new Raw(value, null, origin, quote == '\'');
        }
        int end = lineEnd();
        for (int i = valueAt + 1; i < end; i++) {
            if (text.charAt(i) == '#' && isBlank(text.charAt(i - 1))) {
                end = i;
            }
        }
        return Raw.of(text.substring(valueAt, end).strip(), origin);
    }

    private String quoted(char quote) {
        StringBuilder out = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                moveTo(i + 1);
                return out.toString();
            }
            if (c == '\\' && quote == '"' && i + 1 < text.length()) {
                i++;
                c = unescaped(text.charAt(i));
            }
            out.append(c);
        }
        throw new Refusal("opens a quote that nothing closes");
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"' -> c;
            default -> throw new Refusal("has an unknown escape in double quotes; use single quotes for literal text");
        };
    }

    private char current() {
        return text.charAt(at);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(current())) {
            at++;
        }
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void skipLine() {
        moveTo(Math.min(lineEnd() + 1, text.length()));
    }

    private void moveTo(int to) {
        while (at < to) {
            if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
    }
}
