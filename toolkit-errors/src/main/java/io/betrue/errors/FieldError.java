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
 *     parameter, header or cookie; at most 200 characters
 * @param code what is wrong, in upper snake case, as in {@code NOT_POSITIVE}; the application chooses it
 * @param detail a text for people, at most 1,000 characters, or null
 * @param parameters values that explain the code, such as a minimum
 * @param rejected the refused value where the application asked to echo it, or null; never the value of a field whose name looks secret
 */
public record FieldError(
        Location location,
        String at,
        String code,
        @Nullable String detail,
        Map<String, @Nullable Object> parameters,
        @Nullable Object rejected) {
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
     * Echoes the refused value, unless the field's name looks secret: then the value is dropped.
     *
     * @param value the refused value
     * @return a copy with that value
     */
    public FieldError rejected(@Nullable Object value) {
        return new FieldError(location, at, code, detail, parameters, value);
    }
}
