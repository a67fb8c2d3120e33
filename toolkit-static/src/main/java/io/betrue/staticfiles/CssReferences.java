package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the URLs of a style sheet: {@code url(…)}, {@code src("…")}, {@code @import "…"}, {@code image-set("…")}.
 *
 * <p>It cuts the text into tokens as CSS Syntax Module Level 3 does, as far as that decides what is a URL. Linear, never throws.
 */
final class CssReferences {
    private static final Set<String> URL_STRINGS = Set.of("url", "src", "image-set", "-webkit-image-set");
    /** At-rules whose URLs are names that nobody fetches. */
    private static final Set<String> NAMES = Set.of("namespace", "document", "-moz-document");

    private final CssScanner in;
    private final List<Span> found = new ArrayList<>();
    /** One character for each open bracket: {@code u} where a string is a URL. */
    private final StringBuilder open = new StringBuilder();

    private boolean afterImport;
    private boolean inName;

    private CssReferences(String css) {
        in = new CssScanner(css);
    }

    /** {@return the URLs in the order they stand in} */
    static List<Span> in(String css) {
        CssReferences references = new CssReferences(css);
        while (references.in.more()) {
            references.token();
        }
        return references.found;
    }

    private void token() {
        if (in.skipBlankOrComment()) {
            return;
        }
        boolean imported = afterImport;
        afterImport = false;
        char c = in.peek();
        if (c == '"' || c == '\'') {
            Span string = in.string();
            if (string != null && (imported || innermost() == 'u')) {
                found(string);
            }
        } else if (c == '@' && in.nameStartsAt(1)) {
            in.skip();
            atRule(lower(in.name()));
        } else if (in.nameStartsAt(0)) {
            named(lower(in.name()));
        } else if (c == '#' || CssScanner.digit(c)) {
            in.skip();
            in.name();
        } else {
            bracket(c);
            in.skip();
        }
    }

    private void atRule(String name) {
        afterImport = name.equals("import");
        inName = NAMES.contains(name);
    }

    private void named(String name) {
        if (!in.at('(')) {
            return;
        }
        in.skip();
        if (name.equals("url") && !in.stringAfterBlanks()) {
            Span url = in.bareUrl();
            if (url != null) {
                found(url);
            }
        } else {
            open.append(URL_STRINGS.contains(name) ? 'u' : ' ');
        }
    }

    private void bracket(char c) {
        if (c == '(' || c == '[' || c == '{') {
            open.append(' ');
        } else if ((c == ')' || c == ']' || c == '}') && open.length() > 0) {
            open.setLength(open.length() - 1);
        }
        inName &= c != ';' && c != '{' && c != '}';
    }

    private char innermost() {
        return open.length() == 0 ? ' ' : open.charAt(open.length() - 1);
    }

    private void found(Span url) {
        if (!inName) {
            found.add(url);
        }
    }

    private static String lower(Span name) {
        return name.value().toLowerCase(Locale.ROOT);
    }
}
