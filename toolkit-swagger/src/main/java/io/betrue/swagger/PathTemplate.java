package io.betrue.swagger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A path of Javalin as OpenAPI writes it.
 *
 * @param text {@code /files/{path}}
 * @param shape the same without the names of its parameters: OpenAPI has room for one path of a shape
 * @param parameters the names in it, in their order
 * @param declared the names as Javalin has them, empty for a wildcard, in the same order
 * @param exact whether it means just what Javalin's path means
 */
record PathTemplate(String text, String shape, List<String> parameters, List<String> declared, boolean exact) {
    PathTemplate {
        parameters = List.copyOf(parameters);
        declared = List.copyOf(declared);
    }

    static PathTemplate of(String path) {
        return new Reader(path).read();
    }

    /** What may stand in a document as the name of a parameter. */
    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 126 || !(Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0)) {
                clean.setCharAt(i, '_');
            }
        }
        return clean.toString();
    }

    private static final class Reader {
        private final String path;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder shape = new StringBuilder();
        private final List<String> parameters = new ArrayList<>();
        private final List<String> declared = new ArrayList<>();
        private final TreeSet<String> taken = new TreeSet<>();
        private boolean exact = true;

        Reader(String path) {
            this.path = path;
        }

        PathTemplate read() {
            String rest = path;
            if (path.endsWith("}*") || path.endsWith(">*")) { // this path and every path below
                rest = path.substring(0, path.length() - 1);
                exact = false;
            }
            for (String segment : rest.split("/", -1)) {
                if (!segment.isEmpty()) {
                    append("/");
                    segment(segment);
                }
            }
            if (text.isEmpty() || rest.endsWith("/")) {
                append("/");
            }
            return new PathTemplate(text.toString(), shape.toString(), parameters, declared, exact);
        }

        private void segment(String segment) {
            int at = 0;
            while (at < segment.length()) {
                char c = segment.charAt(at);
                if (c == '{' || c == '<') {
                    int end = segment.indexOf(c == '{' ? '}' : '>', at);
                    exact &= c == '{';
                    parameter(segment.substring(at + 1, end));
                    at = end + 1;
                } else if (c == '*') {
                    exact = false;
                    parameter("");
                    while (at < segment.length() && segment.charAt(at) == '*') {
                        at++;
                    }
                } else {
                    int end = at;
                    while (end < segment.length() && "{<*".indexOf(segment.charAt(end)) < 0) {
                        end++;
                    }
                    append(encode(segment.substring(at, end)));
                    at = end;
                }
            }
        }

        private void parameter(String name) {
            String clean = name.isEmpty() ? "wildcard" : clean(name);
            String free = clean;
            for (int i = 2; !taken.add(free); i++) {
                free = clean + i;
            }
            declared.add(name);
            parameters.add(free);
            text.append('{').append(free).append('}');
            shape.append("{}");
        }

        private void append(String literal) {
            text.append(literal);
            shape.append(literal);
        }

        /** What may not stand in a path as it is (RFC 3986, section 3.3). */
        private static String encode(String literal) {
            StringBuilder encoded = new StringBuilder();
            byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                byte b = bytes[i];
                boolean plain = b > ' ' && b < 127 && "\"#<>?[\\]^`{|}".indexOf(b) < 0;
                if (b == '%' ? isEncoded(bytes, i) : plain) {
                    encoded.append((char) b);
                } else {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            }
            return encoded.toString();
        }

        private static boolean isEncoded(byte[] bytes, int percent) {
            return percent + 2 < bytes.length
                    && Character.digit(bytes[percent + 1], 16) >= 0
                    && Character.digit(bytes[percent + 2], 16) >= 0;
        }
    }
}
