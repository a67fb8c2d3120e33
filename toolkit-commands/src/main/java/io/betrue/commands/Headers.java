package io.betrue.commands;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a call or a reply: names and texts, a name once. Names are not case-sensitive and kept in lower case. Immutable and safe for use by multiple
 * threads; each method returns a changed copy.
 */
public final class Headers {
    /** No headers. */
    public static final Headers NONE = new Headers(Map.of());

    /** How many headers there may be: {@value}. */
    public static final int MAX_COUNT = 64;

    /** How many characters a value may have: {@value}. */
    public static final int MAX_VALUE = 8_192;

    private static final String TOKEN_SIGNS = "!#$%&'*+.^_`|~-";
    private static final int MAX_NAME = 100;

    private final Map<String, String> values;

    private Headers(Map<String, String> values) {
        this.values = values;
    }

    /**
     * {@return headers of a map}
     *
     * @param values the names, in any case, and their values
     * @throws IllegalArgumentException if a name or value is malformed, or there are too many
     */
    public static Headers of(Map<String, String> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        Map<String, String> checked = new LinkedHashMap<>();
        values.forEach((name, value) -> checked.put(name(name), value(name, value)));
        return checked(checked);
    }

    /**
     * {@return one header}
     *
     * @param name a token (RFC 9110, section 5.6.2) of at most 100 characters
     * @param value at most {@value #MAX_VALUE} characters without control characters
     * @throws IllegalArgumentException if one is malformed
     */
    public static Headers of(String name, String value) {
        return NONE.with(name, value);
    }

    private static Headers checked(Map<String, String> values) {
        if (values.size() > MAX_COUNT) {
            throw new IllegalArgumentException("a call has at most " + MAX_COUNT + " headers, had " + values.size());
        }
        return new Headers(values);
    }

    private static String name(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!isToken(lower)) {
            throw new IllegalArgumentException(
                    "name of a header must be a token of at most 100 characters, had " + name.length() + " characters");
        }
        return lower;
    }

    /** Whether it is one by RFC 9110, section 5.6.2, without capitals. A loop, since each hop of each call asks it of each header. */
    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || TOKEN_SIGNS.indexOf(c) >= 0)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_NAME;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static String value(String name, String value) {
        if (value.length() > MAX_VALUE || hasControls(value)) {
            throw new IllegalArgumentException("header " + name + " must have at most " + MAX_VALUE
                    + " characters and no control characters, had " + value.length());
        }
        return value;
    }

    /**
     * {@return the value of a header, or null if it is absent}
     *
     * @param name the name in any case
     */
    public @Nullable String get(String name) {
        String value = values.get(name); // nearly always asked for in lower case
        return value == null && !values.isEmpty() ? values.get(name.toLowerCase(Locale.ROOT)) : value;
    }

    /**
     * {@return these headers and one more, which replaces one of its name}
     *
     * @param name the name
     * @param value the value
     * @throws IllegalArgumentException if one is malformed, or there are too many
     */
    public Headers with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name(name), value(name, value));
        return checked(more);
    }

    /**
     * {@return these headers and others, which replace those of their names}
     *
     * @param others the others
     * @throws IllegalArgumentException if there are too many
     */
    public Headers and(Headers others) {
        if (others.values.isEmpty() || values.isEmpty()) {
            return values.isEmpty() ? others : this;
        }
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return checked(all);
    }

    /**
     * {@return those headers whose names are wanted}
     *
     * @param names names in lower case
     */
    public Headers only(Collection<String> names) {
        if (values.isEmpty()) {
            return this;
        }
        Map<String, String> some = new LinkedHashMap<>(values);
        some.keySet().retainAll(names);
        return some.isEmpty() ? NONE : new Headers(some);
    }

    /** {@return the names, in lower case} */
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** {@return the headers as a map that nobody may change, sorted by name} */
    public Map<String, String> toMap() {
        return values.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && values.equals(headers.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@return the names alone: values may be secret} */
    @Override
    public String toString() {
        return "Headers" + new TreeMap<>(values).keySet();
    }
}
