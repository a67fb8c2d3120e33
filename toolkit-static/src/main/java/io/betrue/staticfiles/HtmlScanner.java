package io.betrue.staticfiles;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts a page into tags and what lies between them, as the tokenizer of HTML (13.2.5) does. Linear, never throws. */
final class HtmlScanner {
    private final String html;
    private int at;
    private boolean cdataMayEnd = true;

    HtmlScanner(String html) {
        this.html = html;
    }

    /**
     * A tag.
     *
     * @param name its name in lower case
     * @param end whether it is an end tag
     * @param closed whether a slash stands before its end
     * @param attributes the raw values by names in lower case; of several with one name the first
     */
    record Tag(String name, boolean end, boolean closed, Map<String, Span> attributes) {
        @Nullable
        Span attribute(String attribute) {
            return attributes.get(attribute);
        }
    }

    /** {@return the next tag, or {@code null} after the last one} */
    @Nullable
    Tag next() {
        while (true) {
            int open = html.indexOf('<', at);
            if (open < 0 || open + 1 >= html.length()) {
                at = html.length();
                return null;
            }
            at = open + 1;
            char c = html.charAt(at);
            boolean end = c == '/';
            if (letter(end ? peek(1) : c)) {
                at += end ? 1 : 0;
                return tag(end);
            }
            if (c == '!' || c == '?' || end) {
                skipComment();
            }
        }
    }

    private void skipComment() {
        if (html.startsWith("!--", at)) {
            skipRealComment();
        } else if (!skipCdata()) {
            int end = html.indexOf('>', at);
            at = end < 0 ? html.length() : end + 1;
        }
    }

    private void skipRealComment() {
        at += 3;
        if (html.startsWith(">", at) || html.startsWith("->", at)) {
            at = html.indexOf('>', at) + 1;
            return;
        }
        for (int dashes = html.indexOf("--", at); dashes >= 0; dashes = html.indexOf("--", dashes + 1)) {
            int after = dashes + (html.startsWith("!", dashes + 2) ? 3 : 2);
            if (html.startsWith(">", after)) {
                at = after + 1;
                return;
            }
        }
        at = html.length();
    }

    /** Outside SVG and MathML this would be a comment up to the next bracket: skipping more than that only leaves more alone. */
    private boolean skipCdata() {
        if (!cdataMayEnd || !html.startsWith("![CDATA[", at)) {
            return false;
        }
        int end = html.indexOf("]]>", at);
        cdataMayEnd = end >= 0;
        at = cdataMayEnd ? end + 3 : at;
        return cdataMayEnd;
    }

    private @Nullable Tag tag(boolean end) {
        int start = at;
        while (at < html.length() && !blank(peek(0)) && peek(0) != '/' && peek(0) != '>') {
            at++;
        }
        String name = html.substring(start, at).toLowerCase(Locale.ROOT);
        Map<String, Span> attributes = new LinkedHashMap<>();
        boolean closed = false;
        while (at < html.length()) {
            char c = peek(0);
            if (c == '>') {
                at++;
                return new Tag(name, end, closed, attributes);
            }
            closed = c == '/';
            if (closed || blank(c)) {
                at++;
            } else {
                attribute(attributes);
            }
        }
        return null;
    }

    private void attribute(Map<String, Span> attributes) {
        int start = at;
        at++;
        while (at < html.length() && !blank(peek(0)) && "/>=".indexOf(peek(0)) < 0) {
            at++;
        }
        String name = html.substring(start, at).toLowerCase(Locale.ROOT);
        int end = at;
        skipBlanks();
        if (peek(0) != '=') {
            attributes.putIfAbsent(name, Span.of(html, end, end));
            return;
        }
        at++;
        skipBlanks();
        attributes.putIfAbsent(name, value());
    }

    private Span value() {
        char quote = peek(0);
        if (quote == '"' || quote == '\'') {
            int start = at + 1;
            int end = html.indexOf(quote, start);
            at = end < 0 ? html.length() : end + 1;
            return HtmlText.decode(html, start, end < 0 ? start : end);
        }
        int start = at;
        while (at < html.length() && !blank(peek(0)) && peek(0) != '>') {
            at++;
        }
        return HtmlText.decode(html, start, at);
    }

    /** {@return the text up to the end tag of an element that holds no markup; the scanner stands before that tag} */
    Span rawText(String name) {
        int start = at;
        at = name.equals("script") ? scriptEnd() : textEnd(name, at);
        return Span.of(html, start, at);
    }

    void skipToEnd() {
        at = html.length();
    }

    private int textEnd(String name, int from) {
        int end = html.indexOf("</", from);
        while (end >= 0 && !tagName(end + 2, name)) {
            end = html.indexOf("</", end + 2);
        }
        return end < 0 ? html.length() : end;
    }

    /** Finds the end of a script, in which {@code <!-- <script>} hides one end tag (HTML, 13.2.5.15 to 13.2.5.31). */
    private int scriptEnd() {
        boolean escaped = false;
        boolean doubled = false;
        for (int i = at; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<' && html.startsWith("!--", i + 1)) {
                escaped = true;
            } else if (c == '-' && html.startsWith("->", i + 1)) {
                escaped = false;
                doubled = false;
            } else if (c == '<' && escaped && tagName(i + 1, "script")) {
                doubled = true;
            } else if (c == '<' && html.startsWith("/", i + 1) && tagName(i + 2, "script")) {
                if (!doubled) {
                    return i;
                }
                doubled = false;
            }
        }
        return html.length();
    }

    private boolean tagName(int from, String name) {
        int after = from + name.length();
        return html.regionMatches(true, from, name, 0, name.length())
                && after < html.length()
                && (blank(html.charAt(after)) || html.charAt(after) == '/' || html.charAt(after) == '>');
    }

    private void skipBlanks() {
        while (blank(peek(0))) {
            at++;
        }
    }

    private char peek(int ahead) {
        return at + ahead < html.length() ? html.charAt(at + ahead) : 0;
    }

    static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
