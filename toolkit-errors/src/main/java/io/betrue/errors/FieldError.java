package io.betrue.errors;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one part of a request.
 *
 * @param location which part of the request it is about
 * @param at where in that part: a JSON pointer (RFC 6901) into the body, empty for all of it, or the name of a query parameter, path
 *     parameter, header or cookie; cut to 200 characters
 * @param code what is wrong, best in upper snake case, as in {@code NOT_POSITIVE}; the application chooses it
 * @param detail a text for people, cut to 1,000 characters, or null to take the one that the catalogue has for the code
 * @param parameters values that explain the code, such as a minimum
 * @param rejected the refused value where the application asked to echo it, or null: a boolean, a number or a text cut to 200 characters;
 *     never of a cookie or of a field whose name looks secret
 */
public record FieldError(
        Location location,
        String at,
        String code,
        @Nullable String detail,
        Map<String, @Nullable Object> parameters,
        @Nullable Object rejected) {
    /** The longest {@link #at} and {@link #rejected} text, in characters. */
    private static final int MAX_TEXT = 200;

    private static final int MAX_DETAIL = 1000;

    /**
     * Copies the values and leaves out what must not be echoed.
     *
     * @param location which part of the request
     * @param at where in it
     * @param code what is wrong
     * @param detail a text for people, or null
     * @param parameters values that explain the code
     * @param rejected the refused value, or null
     * @throws IllegalArgumentException if the code is not 1 to 63 letters, digits, underscores, dots or dashes, a pointer does not start with a
     *     slash, or a parameter is no JSON value
     */
    public FieldError {
        if (!ForeignCode.isName(code)) {
            throw new IllegalArgumentException(
                    "code of a field error must be 1..63 letters, digits, '_', '.' or '-': \"" + code + "\"");
        }
        if (location == Location.BODY && !at.isEmpty() && at.charAt(0) != '/') {
            throw new IllegalArgumentException("JSON pointer must be empty or start with '/': \"" + at + "\"");
        }
        at = Text.clean(at, MAX_TEXT);
        detail = detail == null ? null : Text.clean(detail, MAX_DETAIL);
        parameters = parameters.isEmpty() ? Map.of() : JsonValues.copyMap("parameters of " + code, parameters);
        rejected = echoable(location, at, rejected);
    }

    private static @Nullable Object echoable(Location location, String at, @Nullable Object value) {
        boolean scalar = value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
        if (!scalar || location == Location.COOKIE || SecretNames.looksSecret(at)) {
            return null;
        }
        if (value instanceof CharSequence text) {
            return Text.clean(text.toString(), MAX_TEXT);
        }
        return JsonValues.isTooLong(value) ? null : JsonValues.copy(at, value);
    }

    /** A part of a request. */
    public enum Location {
        /** The body; the place in it is a JSON pointer. */
        BODY,
        /** The query string. */
        QUERY,
        /** The path. */
        PATH,
        /** The headers. */
        HEADER,
        /** The cookies. */
        COOKIE;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** {@return the name in a problem's body, as in {@code body}} */
        public String text() {
            return text;
        }
    }

    /**
     * A fault in the body.
     *
     * @param pointer where it is, a JSON pointer (RFC 6901): empty, or starting with a slash
     * @param code what is wrong, in upper snake case
     * @return the field error
     * @throws IllegalArgumentException if the pointer or the code is malformed
     */
    public static FieldError body(String pointer, String code) {
        return new FieldError(Location.BODY, pointer, code, null, Map.of(), null);
    }

    /**
     * A fault in a query parameter.
     *
     * @param name the parameter's name
     * @param code what is wrong, in upper snake case
     * @return the field error
     */
    public static FieldError query(String name, String code) {
        return new FieldError(Location.QUERY, name, code, null, Map.of(), null);
    }

    /**
     * A fault in a path parameter.
     *
     * @param name the parameter's name
     * @param code what is wrong, in upper snake case
     * @return the field error
     */
    public static FieldError path(String name, String code) {
        return new FieldError(Location.PATH, name, code, null, Map.of(), null);
    }

    /**
     * A fault in a header.
     *
     * @param name the header's name
     * @param code what is wrong, in upper snake case
     * @return the field error
     */
    public static FieldError header(String name, String code) {
        return new FieldError(Location.HEADER, name, code, null, Map.of(), null);
    }

    /**
     * A fault in a cookie.
     *
     * @param name the cookie's name
     * @param code what is wrong, in upper snake case
     * @return the field error
     */
    public static FieldError cookie(String name, String code) {
        return new FieldError(Location.COOKIE, name, code, null, Map.of(), null);
    }

    /**
     * Adds a text for people.
     *
     * @param text the text
     * @return a copy with that text
     */
    public FieldError detail(String text) {
        return new FieldError(location, at, code, text, parameters, rejected);
    }

    /**
     * Adds a value that explains the code.
     *
     * @param name the parameter's name
     * @param value null, a boolean, number, string, enum constant, list or map
     * @return a copy with that parameter
     */
    public FieldError with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new FieldError(location, at, code, detail, more, rejected);
    }

    /**
     * Echoes the refused value, unless it is a list, a map or other object, in a cookie, or the field's name looks secret (password, token, card number):
     * such a value is dropped.
     *
     * @param value the refused value
     * @return a copy with that value, or without
     */
    public FieldError rejected(@Nullable Object value) {
        return new FieldError(location, at, code, detail, parameters, value);
    }
}
