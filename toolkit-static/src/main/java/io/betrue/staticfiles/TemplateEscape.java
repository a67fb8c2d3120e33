package io.betrue.staticfiles;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a value is written, so that it stays a value where it stands. */
enum TemplateEscape {
    /** As it is: plain text, where no character means anything else. */
    AS_IS,
    /** Text of HTML and XML, and values of attributes in quotes. */
    MARKUP,
    /** A URL or the part of its path; what it already has percent-encoded stays. */
    URL,
    /** A part of a URL behind {@code ?} or {@code #}. */
    URL_PART,
    /** As {@link #URL}, in a style: the value itself is judged, since its place has no finished form to look at. */
    STYLE_URL,
    /** A literal of JavaScript or JSON with its quotes; numbers and booleans stay bare. */
    SCRIPT_LITERAL,
    /** Inside the quotes of a string of JavaScript or JSON. */
    SCRIPT_STRING,
    /** Inside the back quotes of a template literal of JavaScript. */
    SCRIPT_TEMPLATE,
    /** A word or number of CSS. */
    STYLE_VALUE,
    /** Inside the quotes of a string of CSS. */
    STYLE_STRING;

    private static final Pattern SAFE_IN_STYLE = Pattern.compile("[A-Za-z0-9 #%.,+_!-]*");
    private static final char REPLACEMENT = '\ufffd';

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if the value cannot be written here; the message says why
     */
    String write(Object value) {
        String text = value.toString();
        return switch (this) {
            case AS_IS -> text;
            case MARKUP -> markup(text, false);
            case URL -> TemplateUrl.encoded(text);
            case URL_PART -> TemplateUrl.encodedPart(text);
            case STYLE_URL -> styleUrl(text);
            case SCRIPT_LITERAL -> value instanceof String ? '"' + script(text, "") + '"' : bare(value);
            case SCRIPT_STRING -> script(text, "");
            case SCRIPT_TEMPLATE -> script(text, "`${");
            case STYLE_VALUE -> styleValue(text);
            case STYLE_STRING -> styleString(text);
        };
    }

    /** Writes text for HTML and XML: {@code attribute} keeps line breaks and tabs, which XML would make spaces. */
    static String markup(String text, boolean attribute) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '\r' -> out.append("&#13;");
                case '\n', '\t' -> out.append(attribute ? "&#" + (int) c + ";" : String.valueOf(c));
                default -> out.append(isNoCharacter(text, i) ? REPLACEMENT : c);
            }
        }
        return out.toString();
    }

    /** Tells what neither HTML nor XML can hold: controls, halves of surrogate pairs, U+FFFE and U+FFFF. */
    private static boolean isNoCharacter(String text, int at) {
        char c = text.charAt(at);
        return c < 0x20 || c >= 0xfffe || isHalf(text, at);
    }

    static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String bare(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException("number " + number + " cannot be written as a literal");
        }
        return value.toString();
    }

    /** Also safe inside of a script element and of an attribute: no quote, {@code <}, {@code >} or {@code &} stays. */
    private static String script(String text, String also) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20
                            || "\"'<>&\u007f\u2028\u2029\ufeff".indexOf(c) >= 0
                            || also.indexOf(c) >= 0
                            || isHalf(text, i)) {
                        out.append(String.format("\\u%04X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static String styleUrl(String text) {
        String refusal = TemplateUrl.refusal(text, true);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return TemplateUrl.encoded(text);
    }

    private static String styleValue(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!SAFE_IN_STYLE.matcher(text).matches() || lower.contains("expression") || lower.contains("binding")) {
            throw new IllegalArgumentException(
                    "value \"" + TemplateUrl.shown(text)
                            + "\" cannot be written into a style; outside of quotes only letters, digits, spaces and # % . , + - _ ! can");
        }
        return text;
    }

    private static String styleString(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 0x80 || Character.isLetterOrDigit(c) || " -_.,".indexOf(c) >= 0;
            if (c == 0 || isHalf(text, i)) {
                out.append(REPLACEMENT);
            } else if (plain) {
                out.append(c);
            } else {
                out.append('\\')
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append(' ');
            }
        }
        return out.toString();
    }
}
