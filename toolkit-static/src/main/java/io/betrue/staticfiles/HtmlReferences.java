package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the URLs of a page that a browser fetches while it shows the page; never those of links to other pages.
 *
 * <p>Linear, never throws. What it does not know for sure it leaves out.
 */
final class HtmlReferences {
    /** What is found in a page: its URLs, and the value of its {@code <base href>}. */
    record Found(List<Span> urls, @Nullable String base) {}

    private static final Set<String> SRC =
            Set.of("img", "script", "source", "video", "audio", "track", "embed", "input");
    private static final Set<String> HREF = Set.of("image", "use", "script", "feimage");
    private static final Set<String> SRCSET = Set.of("img", "source");
    private static final Map<String, String> SINGLE = Map.of("video", "poster", "object", "data");
    /** Links to what a page is made of. A canonical address, a feed or a manifest has to keep its name, and so does a module that scripts import. */
    private static final Set<String> LINKS = Set.of(
            "stylesheet",
            "icon",
            "apple-touch-icon",
            "apple-touch-icon-precomposed",
            "mask-icon",
            "preload",
            "prefetch");

    private static final Set<String> RAW =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes");

    private final HtmlScanner in;
    private final List<Span> urls = new ArrayList<>();
    private @Nullable String base;
    private boolean baseTooLate;
    private int templates;
    private int foreign;

    private HtmlReferences(String html) {
        in = new HtmlScanner(html);
    }

    static Found in(String html) {
        HtmlReferences references = new HtmlReferences(html);
        for (HtmlScanner.Tag tag = references.in.next(); tag != null; tag = references.in.next()) {
            references.tag(tag);
        }
        // A base after a URL: which of the two the browser reads first is its own affair.
        return references.baseTooLate ? new Found(List.of(), null) : new Found(references.urls, references.base);
    }

    private void tag(HtmlScanner.Tag tag) {
        count(tag);
        if (tag.end()) {
            return;
        }
        if (templates == 0) {
            base(tag);
            attributes(tag);
        }
        if (tag.name().equals("plaintext")) {
            in.skipToEnd();
        } else if (RAW.contains(tag.name()) && !(foreign > 0 && tag.closed())) {
            Span text = in.rawText(tag.name());
            if (tag.name().equals("style") && templates == 0) {
                styles(text);
            }
        }
    }

    /** Keeps count of the elements whose content is inert, or follows the rules of XML. */
    private void count(HtmlScanner.Tag tag) {
        int step = tag.end() ? -1 : 1;
        if (tag.name().equals("template")) {
            templates = Math.max(0, templates + step);
        } else if ((tag.name().equals("svg") || tag.name().equals("math")) && !tag.closed()) {
            foreign = Math.max(0, foreign + step);
        }
    }

    private void base(HtmlScanner.Tag tag) {
        Span href = tag.attribute("href");
        if (tag.name().equals("base") && foreign == 0 && href != null && base == null) {
            base = href.value();
            baseTooLate = !urls.isEmpty();
        }
    }

    private void attributes(HtmlScanner.Tag tag) {
        String name = tag.name();
        add(SRC.contains(name), tag.attribute("src"));
        add(HREF.contains(name), tag.attribute("href"));
        add(HREF.contains(name), tag.attribute("xlink:href"));
        add(name.equals("link") && fetched(tag), tag.attribute("href"));
        String single = SINGLE.get(name);
        add(single != null, single == null ? null : tag.attribute(single));
        addAll(SRCSET.contains(name), tag.attribute("srcset"));
        addAll(name.equals("link") && fetched(tag), tag.attribute("imagesrcset"));
        Span style = tag.attribute("style");
        if (style != null) {
            styles(style);
        }
    }

    private static boolean fetched(HtmlScanner.Tag tag) {
        Span rel = tag.attribute("rel");
        if (rel == null) {
            return false;
        }
        for (String word : rel.value().toLowerCase(Locale.ROOT).split("[ \t\n\r\f]+", -1)) {
            if (LINKS.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private void add(boolean wanted, @Nullable Span url) {
        if (wanted && url != null) {
            urls.add(url);
        }
    }

    private void addAll(boolean wanted, @Nullable Span srcset) {
        if (wanted && srcset != null) {
            urls.addAll(Srcset.urls(srcset));
        }
    }

    private void styles(Span css) {
        for (Span url : CssReferences.in(css.value())) {
            urls.add(url.within(css));
        }
    }
}
