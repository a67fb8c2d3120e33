package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the places in style sheets and pages where the hashes of other files go. Used by one thread. */
final class AssetLinks {
    private static final Logger log = LoggerFactory.getLogger(AssetLinks.class);

    private final AssetPaths paths;
    private final boolean css;
    private final boolean html;
    private int unresolved;

    AssetLinks(AssetPaths paths, @Nullable FingerprintSettings fingerprints) {
        this.paths = paths;
        css = fingerprints != null && fingerprints.rewriteCss();
        html = fingerprints != null && fingerprints.rewriteHtml();
    }

    /** {@return whether references in this file are looked for} */
    boolean wants(Draft draft) {
        return (css && draft.hasExtension(".css")) || (html && draft.hasExtension(".html", ".htm"));
    }

    /** {@return the places in the order of the text; what leads to no file is left out and counted} */
    List<Draft.Link> of(Draft draft, String text) {
        String file = paths.full(draft.path);
        if (draft.hasExtension(".css")) {
            return links(draft, file, CssReferences.in(text));
        }
        HtmlReferences.Found found = HtmlReferences.in(text);
        String base = found.base() == null ? file : UrlPaths.base(file, found.base());
        return base == null ? List.of() : links(draft, base, found.urls());
    }

    private List<Draft.Link> links(Draft draft, String base, List<Span> urls) {
        Map<Integer, Draft.Link> links = new TreeMap<>();
        for (Span url : urls) {
            UrlPaths.Destination destination = UrlPaths.resolve(base, url.value());
            String path = destination == null ? null : paths.below(destination.path());
            if (destination == null || path == null || paths.covered(path)) {
                continue;
            }
            Draft target = paths.find(path);
            if (target == null) {
                // Afterwards the text may hold hashed names, which are no files.
                unresolved(draft, url, draft.group < 0);
            } else if (paths.hasMark(target)) {
                int place = url.place(destination.mark());
                links.put(place, new Draft.Link(place, target));
            }
        }
        return new ArrayList<>(links.values());
    }

    private void unresolved(Draft draft, Span url, boolean counts) {
        unresolved += counts ? 1 : 0;
        if (counts && log.isDebugEnabled()) {
            log.debug("{} refers to {}, which is no file of its mount", draft.path, url);
        }
    }

    /** {@return how many references led to no file so far} */
    int unresolved() {
        return unresolved;
    }
}
