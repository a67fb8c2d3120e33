package io.betrue.errors;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client would rather read, by the quality values of RFC 9110, section 12.5.1. */
final class AcceptHeader {
    private static final double MAX = 1;

    private double html;
    private double markdown;
    private double json;
    private double any;

    private AcceptHeader(@Nullable String header) {
        String[] ranges = header == null ? new String[0] : header.split(",", 64);
        for (String range : ranges) {
            String[] parts = range.split(";", 16);
            read(parts[0].strip().toLowerCase(Locale.ROOT), quality(parts));
        }
    }

    static AcceptHeader of(@Nullable String header) {
        return new AcceptHeader(header);
    }

    /** Only a client that names HTML and ranks it above JSON gets a page: programs that accept anything want the problem. */
    boolean prefersHtml() {
        return html > 0 && html > json && html >= any;
    }

    /** Only a client that names Markdown and ranks it highest gets it. */
    boolean prefersMarkdown() {
        return markdown > 0 && markdown >= json && markdown >= html && markdown >= any;
    }

    private void read(String type, double quality) {
        switch (type) {
            case "text/html", "application/xhtml+xml" -> html = Math.max(html, quality);
            case "text/markdown" -> markdown = Math.max(markdown, quality);
            case "application/problem+json", "application/json", "application/*" -> json = Math.max(json, quality);
            case "*/*" -> any = Math.max(any, quality);
            default -> {
                // another type than those that can be had here
            }
        }
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                return number(parameter.substring(2));
            }
        }
        return MAX;
    }

    /** A malformed weight counts as none given: the header is advice, not a reason for another failure. */
    private static double number(String weight) {
        return weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(weight) : MAX;
    }
}
