package io.betrue.staticfiles;

import java.util.Map;

/** Undoes the character references of an attribute's value. */
final class HtmlText {
    /** Stands for a reference whose meaning is not known here; no file has it in its name. */
    static final char UNKNOWN = '\uFFFF';

    private static final Map<String, Character> NAMED =
            Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'', "AMP", '&');
    private static final int LONGEST = 40;

    private HtmlText() {}

    /** {@return what the text from {@code start} to before {@code end} says; an ampersand that may mean something else becomes {@link #UNKNOWN}} */
    static Span decode(String html, int start, int end) {
        int first = html.indexOf('&', start);
        if (first < 0 || first >= end) {
            return Span.of(html, start, end);
        }
        Span.Builder text = new Span.Builder();
        int at = start;
        while (at < end) {
            char c = html.charAt(at);
            if (c == '&') {
                at = reference(html, at, end, text);
            } else {
                text.add(c, at++);
            }
        }
        return text.end(end);
    }

    private static int reference(String html, int start, int end, Span.Builder text) {
        int at = start + 1;
        if (at < end && html.charAt(at) == '#') {
            return number(html, start, end, text);
        }
        while (at < end && at - start < LONGEST && Character.isLetterOrDigit(html.charAt(at))) {
            at++;
        }
        boolean closed = at < end && html.charAt(at) == ';';
        Character named = NAMED.get(html.substring(start + 1, at));
        if (named != null && closed) {
            text.add(named, start);
            return at + 1;
        }
        text.add(at == start + 1 ? '&' : UNKNOWN, start);
        return start + 1;
    }

    private static int number(String html, int start, int end, Span.Builder text) {
        int at = start + 2;
        boolean hex = at < end && (html.charAt(at) == 'x' || html.charAt(at) == 'X');
        at += hex ? 1 : 0;
        int value = 0;
        int first = at;
        while (at < end && html.charAt(at) < 0x80 && Character.digit(html.charAt(at), hex ? 16 : 10) >= 0) {
            int next = value * (hex ? 16 : 10) + Character.digit(html.charAt(at), hex ? 16 : 10);
            value = Math.min(next, Character.MAX_CODE_POINT + 1);
            at++;
        }
        if (at == first) {
            text.add('&', start);
            return start + 1;
        }
        // Zero, surrogates and the C1 range mean other characters than their numbers say (HTML, 13.2.5.80).
        boolean plain = (value > 0 && value < 0x80) || (value >= 0xA0 && value < 0xD800) || value > 0xDFFF;
        text.add(plain && value <= Character.MAX_CODE_POINT ? value : UNKNOWN, start);
        return at < end && html.charAt(at) == ';' ? at + 1 : at;
    }
}
