package io.betrue.staticfiles;

import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The header field {@code Accept} (RFC 9110, 12.5.1). */
final class Accept {
    private Accept() {}

    /**
     * {@return whether the client names {@code text/html}, as browsers do for pages and never for scripts, pictures or data}
     *
     * <p>A wildcard is not a name: programs send it, and a page with status 200 would tell them that what they asked for exists.
     */
    static boolean namesHtml(HttpFields request) {
        for (HttpField field : request) {
            if (field.getHeader() == HttpHeader.ACCEPT && field.getValue() != null && namesHtml(field.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesHtml(String value) {
        int start = 0;
        while (start < value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            if (isHtml(value.substring(start, end).strip().toLowerCase(Locale.ROOT))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean isHtml(String range) {
        int semicolon = range.indexOf(';');
        String type = semicolon < 0 ? range : range.substring(0, semicolon).strip();
        return type.equals("text/html") && !(semicolon >= 0 && isRefused(range.substring(semicolon)));
    }

    /** {@return whether the weight is zero: "not acceptable"} */
    private static boolean isRefused(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String trimmed = parameter.strip();
            if (trimmed.startsWith("q=")) {
                return trimmed.matches("q=0(\\.0{0,3})?");
            }
        }
        return false;
    }
}
