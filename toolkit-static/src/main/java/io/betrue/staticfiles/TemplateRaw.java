package io.betrue.staticfiles;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of an element that a browser reads as text up to its end tag. Not safe for use by multiple threads. */
final class TemplateRaw {
    private static final Set<String> NEVER = Set.of("xmp", "iframe", "noembed", "noframes");
    private static final Set<String> SCRIPT_TYPES = Set.of(
            "",
            "module",
            "text/javascript",
            "application/javascript",
            "text/ecmascript",
            "application/ecmascript",
            "javascript");
    private static final Set<String> JSON_TYPES =
            Set.of("application/json", "text/json", "application/ld+json", "importmap", "speculationrules");

    private final String element;
    private final @Nullable TemplateLanguage language;
    private final String refused;
    private boolean htmlComment;
    private boolean lost;
    private int start;
    private int end;
    private String source = "";

    private TemplateRaw(String element, @Nullable TemplateLanguage language, String refused) {
        this.element = element;
        this.language = language;
        this.refused = refused;
    }

    static boolean isCode(String element) {
        return element.equals("script") || element.equals("style");
    }

    /** {@return whether HTML reads the content as text, where it is not a title} */
    static boolean isRaw(String element) {
        return isCode(element) || element.equals("textarea") || NEVER.contains(element);
    }

    /** {@return the content of an element of HTML, or {@code null} if it is markup} */
    static @Nullable TemplateRaw in(TemplateTag tag) {
        String element = tag.element();
        if (element.equals("textarea") || element.equals("title")) {
            return new TemplateRaw(element, null, "");
        }
        if (NEVER.contains(element)) {
            return new TemplateRaw(element, null, "in the element " + element);
        }
        return isCode(element) ? code(element, tag.type(), tag.ambiguous()) : null;
    }

    /** In SVG inside of HTML the content of these is read in one way or in the other, by what stands around. */
    static @Nullable TemplateRaw inForeign(TemplateTag tag) {
        String element = tag.element();
        return isRaw(element) && !tag.slash()
                ? new TemplateRaw(element, null, "in the element " + element + " inside of SVG or MathML")
                : null;
    }

    private static TemplateRaw code(String element, String type, boolean ambiguous) {
        TemplateLanguage language = language(element, type);
        boolean unknown = language == null || ambiguous;
        String refused = unknown ? "in a " + element + " of the type \"" + TemplateUrl.shown(type) + "\"" : "";
        return new TemplateRaw(element, unknown ? null : language, refused);
    }

    private static @Nullable TemplateLanguage language(String element, String type) {
        if (element.equals("style")) {
            return type.isEmpty() || type.equals("text/css") ? new TemplateStyle() : null;
        }
        if (SCRIPT_TYPES.contains(type)) {
            return new TemplateScript();
        }
        return JSON_TYPES.contains(type) || type.endsWith("+json") ? new TemplateJson() : null;
    }

    boolean isLost() {
        return lost;
    }

    /** {@return where the end tag begins, or {@code to} if it does not} */
    int text(String text, int from, int to) {
        source = text;
        start = from;
        end = endTag(text, from, to);
        if (language != null) {
            language.text(text, from, end);
        }
        return end;
    }

    private int endTag(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '<' && isTag(text, i + 1, to, "/" + element)) {
                return i;
            }
            if (element.equals("script") && c == '<') {
                // in a comment in a script a second script hides the end tag of the first
                htmlComment |= text.startsWith("<!--", i);
                lost |= htmlComment && isTag(text, i + 1, to, "script");
            } else if (c == '>' && text.startsWith("--", i - 2)) {
                htmlComment = false;
            }
        }
        return to;
    }

    private static boolean isTag(String text, int at, int to, String name) {
        int behind = at + name.length();
        return behind < to
                && text.regionMatches(true, at, name, 0, name.length())
                && " \t\n\r\f/>".indexOf(text.charAt(behind)) >= 0;
    }

    TemplateSpot expression(char next) {
        if (!refused.isEmpty()) {
            return TemplateSpot.refused(refused);
        }
        if (isBehindTagStart()) {
            return TemplateSpot.refused("directly behind <, where it could complete a tag; put a space between");
        }
        return language == null ? TemplateSpot.of(TemplateEscape.MARKUP) : language.expression(next);
    }

    /** Tells whether a value could complete {@code </script}, {@code <script} or {@code <!--}. */
    private boolean isBehindTagStart() {
        String tail = source.substring(Math.max(start, end - element.length() - 4), end);
        int open = tail.lastIndexOf('<');
        if (open < 0) {
            return false;
        }
        String begun = tail.substring(open + 1).toLowerCase(Locale.ROOT);
        String letters = begun.startsWith("/") ? begun.substring(1) : begun;
        return element.startsWith(letters) || "script".startsWith(letters) || "!--".startsWith(begun);
    }
}
