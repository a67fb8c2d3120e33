package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;

/** Presets of header fields that narrow what a browser does with the files. */
public enum SecurityHeaders {
    /** Pages cannot be framed by other sites, and other sites learn only the origin a visitor came from. */
    BASIC("X-Frame-Options: SAMEORIGIN", "Referrer-Policy: strict-origin-when-cross-origin"),

    /**
     * Pages load scripts, styles, images and data from their own origin only (no inline code), cannot be framed, and share nothing with other origins; other
     * sites cannot embed the files.
     */
    STRICT("""
            Content-Security-Policy: default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'
            X-Frame-Options: DENY
            Cross-Origin-Opener-Policy: same-origin
            Permissions-Policy: camera=(), geolocation=(), microphone=()""", """
            Referrer-Policy: no-referrer
            Cross-Origin-Resource-Policy: same-origin""");

    private static final List<String> PAGES = List.of("*.html", "*.htm", "*.xhtml", "*.svg", "*.xml");

    private final String ofPages;
    private final String ofAll;

    SecurityHeaders(String ofPages, String ofAll) {
        this.ofPages = ofPages;
        this.ofAll = ofAll;
    }

    List<HeaderRule> rules() {
        List<HeaderRule> all = new ArrayList<>();
        ofAll.lines().forEach(field -> all.add(rule("*", field)));
        PAGES.forEach(page -> ofPages.lines().forEach(field -> all.add(rule(page, field))));
        return all;
    }

    private static HeaderRule rule(String pattern, String field) {
        int colon = field.indexOf(": ");
        return new HeaderRule(pattern, field.substring(0, colon), field.substring(colon + 2));
    }
}
