package io.betrue.errors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an application hands over into JSON values that nobody can change afterwards.
 *
 * <p>Each value has one form, so that writing and parsing back gives an equal one: whole numbers are the smallest of Integer, Long and
 * BigInteger, all others BigDecimal; texts are Unicode without lone surrogates.
 */
final class JsonValues {
    /** The longest text, in characters; a longer one is cut. */
    static final int MAX_TEXT = 4096;

    /** The deepest nesting of lists and maps within one value. */
    static final int MAX_DEPTH = 16;

    /** The most entries of all lists and maps within one value. */
    static final int MAX_ENTRIES = 1000;

    /** The most digits of a number, and the largest exponent. */
    static final int MAX_DIGITS = 400;

    private static final int MAX_BITS = 1328; // 400 digits

    private final String name;
    private int entries;

    private JsonValues(String name) {
        this.name = name;
    }

    /** Copies a value; a failure names it. */
    static @Nullable Object copy(String name, @Nullable Object value) {
        return new JsonValues(name).copy(value, 0);
    }

    /** Copies a map; a failure names it. */
    static Map<String, @Nullable Object> copyMap(String name, Map<?, ?> map) {
        return new JsonValues(name).copyMap(map, 1);
    }

    /** Whether a value is a number that no JSON of ours carries: too many digits, or not finite. */
    static boolean isTooLong(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.precision() > MAX_DIGITS || Math.abs((long) decimal.scale()) > MAX_DIGITS;
        }
        if (value instanceof BigInteger integer) {
            return integer.bitLength() > MAX_BITS;
        }
        return (value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue());
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean || value instanceof Integer) {
            return value;
        }
        if (value instanceof CharSequence text) {
            return Text.clean(text.toString(), MAX_TEXT);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth + 1);
        }
        if (value instanceof Collection<?> list) {
            return copyList(list, depth + 1);
        }
        if (value instanceof Object[] array) {
            return copyList(Arrays.asList(array), depth + 1);
        }
        return text(value);
    }

    private String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof UUID
                || value instanceof URI
                || value instanceof Character
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount) {
            return Text.clean(value.toString(), MAX_TEXT);
        }
        throw refused("is a " + value.getClass().getName()
                + ", which is no JSON value; hand over a boolean, number, string, enum constant, list or map");
    }

    private List<@Nullable Object> copyList(Collection<?> list, int depth) {
        enter(list.size(), depth);
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(copy(element, depth));
        }
        return Collections.unmodifiableList(copy);
    }

    private Map<String, @Nullable Object> copyMap(Map<?, ?> map, int depth) {
        enter(map.size(), depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            if (!(key instanceof CharSequence) && !(key instanceof Enum<?>)) {
                throw refused("has a map key that is neither a string nor an enum constant");
            }
            String text = key instanceof Enum<?> constant ? constant.name() : key.toString();
            copy.put(Text.clean(text, Text.MAX_NAME), copy(entry.getValue(), depth));
        }
        return Collections.unmodifiableMap(copy);
    }

    private void enter(int size, int depth) {
        entries += size;
        if (depth > MAX_DEPTH) {
            throw refused("is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (entries > MAX_ENTRIES) {
            throw refused("has more than " + MAX_ENTRIES + " entries");
        }
    }

    private Number number(Number number) {
        if (isTooLong(number)) {
            throw refused("is not finite or has more than " + MAX_DIGITS + " digits");
        }
        if (number instanceof Long || number instanceof AtomicLong) {
            return whole(number.longValue());
        }
        if (number instanceof Short || number instanceof Byte || number instanceof AtomicInteger) {
            return number.intValue();
        }
        if (number instanceof BigInteger integer) {
            return whole(integer);
        }
        if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (number instanceof Double || number instanceof Float) {
            return decimal(new BigDecimal(number.toString()));
        }
        throw refused("is a " + number.getClass().getName() + ", which is no number of the JDK");
    }

    private static Number whole(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    private static Number whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? whole(number.longValue()) : number;
    }

    private static Number decimal(BigDecimal number) {
        return number.scale() == 0 ? whole(number.unscaledValue()) : number;
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("value of \"" + name + "\" " + why);
    }
}
