package io.betrue.staticfiles;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An attribute whose finished value is judged, because an expression is a part of it. Filled while a template is parsed, then only read. */
final class TemplateLink {
    private final Kind kind;
    private final boolean pictures;
    private final int from;
    private int holes;
    private int to = Integer.MAX_VALUE;

    /** What the attribute holds. */
    enum Kind {
        /** One URL. */
        URL,
        /** Several URLs, separated by commas or spaces. */
        URLS,
        /** Something that may name a URL somewhere: no scheme that runs code may occur at all. */
        WATCHED
    }

    /**
     * Begins at the first character of the value.
     *
     * @param pictures whether the URL is only ever shown as a picture
     */
    TemplateLink(Kind kind, boolean pictures, int from) {
        this.kind = kind;
        this.pictures = pictures;
        this.from = from;
    }

    void end(int offset) {
        to = offset;
    }

    /** Notes that an expression, so far the last, stands at an offset. */
    void expression() {
        holes++;
    }

    /** {@return how many expressions are a part of the value} */
    int holes() {
        return holes;
    }

    Kind kind() {
        return kind;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** {@return why a browser must not be given this value, as it is written in the page, or {@code null}} */
    @Nullable
    String refusal(String written) {
        String value = TemplateEntities.decode(written);
        if (kind == Kind.URL) {
            return TemplateUrl.refusal(value, pictures);
        }
        if (kind == Kind.WATCHED) {
            String compact = value.replaceAll("[\\x00-\\x20]", "").toLowerCase(Locale.ROOT);
            boolean code =
                    compact.contains("javascript:") || compact.contains("vbscript:") || compact.contains("data:");
            return code ? "value \"" + TemplateUrl.shown(value) + "\" would run as code" : null;
        }
        for (String url : value.split("[,\\s]+", -1)) {
            String refusal = TemplateUrl.refusal(url, pictures);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
