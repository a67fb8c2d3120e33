package io.betrue.staticfiles;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header field set on files by pattern.
 *
 * @param pattern a glob: without a slash on the file's name ({@code *.html}), else on the path below the mount ({@code /img/**}, {@code /a/*.js})
 * @param name the field's name
 * @param value its value, or {@code null} to leave the field out
 */
record HeaderRule(String pattern, String name, @Nullable String value) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]{0,4094}[\\x21-\\x7e])?");
    private static final int LONGEST_PATTERN = 200;
    private static final Set<String> DERIVED = Set.of(
            "accept-ranges",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "date",
            "etag",
            "last-modified",
            "transfer-encoding",
            "vary");

    HeaderRule {
        if (pattern.isBlank() || pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("pattern \"" + pattern + "\" of a header must have 1.." + LONGEST_PATTERN
                    + " characters, such as *.html or /img/**");
        }
        if (pattern.indexOf('/') > 0) {
            throw new IllegalArgumentException(
                    "pattern \"" + pattern + "\" of a header names a path and must start with a slash");
        }
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("header name \"" + name + "\" must be a token (RFC 9110, 5.1)");
        }
        if (DERIVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header \"" + name + "\" follows from the content and cannot be set");
        }
        if (value != null && !FIELD_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("value of header \"" + name
                    + "\" must be 1..4096 printable ASCII characters without a blank at either end");
        }
    }
}
