package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/** The text that a template becomes. Not safe for use by multiple threads. */
final class TemplateOutput {
    /** The longest text that is made of a template, in characters. */
    static final int LONGEST = 64_000_000;

    private final String literal;
    private final StringBuilder out;
    private int at;
    private @Nullable TemplateLink link;
    private int linkStart;
    private int scanned;
    private boolean query;
    private int pending;

    TemplateOutput(String literal) {
        this.literal = literal;
        this.out = new StringBuilder(literal.length() + 256);
    }

    /**
     * Writes the text up to an expression and the expression's value.
     *
     * @return why the value cannot be written, or {@code null} if it was
     */
    @Nullable
    String add(int offset, Object value, TemplateSpot spot) {
        out.append(literal, at, offset);
        at = offset;
        try {
            TemplateEscape escape = spot.link() == null ? spot.escape() : inLink(spot.link(), spot.escape());
            String written = escape.write(value);
            if (escape == TemplateEscape.URL
                    && spot.link() != null
                    && spot.link().kind() == TemplateLink.Kind.URLS) {
                written = written.replace(",", "%2C");
            }
            append(spot.attribute() ? TemplateEscape.markup(written, true) : written, escape);
            return spot.link() == null ? null : refusal(spot.link());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private void append(String written, TemplateEscape escape) {
        if (out.length() + (long) written.length() > LONGEST) {
            throw new IllegalArgumentException("the text grows beyond " + LONGEST + " characters");
        }
        boolean minusMinus = escape == TemplateEscape.SCRIPT_LITERAL && written.startsWith("-") && endsWith('-');
        out.append(minusMinus ? " " : "").append(written);
    }

    private boolean endsWith(char c) {
        return out.length() > 0 && out.charAt(out.length() - 1) == c;
    }

    /** Behind a question mark or hash, of the text or of an earlier value, a value is only a part. */
    private TemplateEscape inLink(TemplateLink next, TemplateEscape escape) {
        if (next != link) {
            link = next;
            linkStart = out.length() - (at - next.from());
            scanned = linkStart;
            query = false;
            pending = next.holes();
        }
        for (; scanned < out.length(); scanned++) {
            char c = out.charAt(scanned);
            if (c == ',' && next.kind() == TemplateLink.Kind.URLS) {
                query = false;
            } else if (c == '?' || (c == '#' && out.charAt(Math.max(linkStart, scanned - 1)) != '&')) {
                query = true;
            }
        }
        return query && escape == TemplateEscape.URL ? TemplateEscape.URL_PART : escape;
    }

    /** Judges the whole attribute once its last expression is written: the text behind it is known already. */
    private @Nullable String refusal(TemplateLink finished) {
        if (--pending > 0) {
            return null;
        }
        int end = Math.min(finished.to(), literal.length());
        return finished.refusal(out.substring(linkStart) + literal.substring(at, end));
    }

    String finish() {
        return out.append(literal, at, literal.length()).toString();
    }
}
