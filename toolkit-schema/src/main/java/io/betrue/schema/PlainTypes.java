package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schemas of types without parts. Times are texts, as Jackson writes them without {@code WRITE_DATES_AS_TIMESTAMPS}. */
final class PlainTypes {
    private static final String LOCAL_TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?";
    private static final Map<Class<?>, String> FORMATS = Map.of(
            UUID.class, "uuid",
            URI.class, "uri-reference",
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            ZonedDateTime.class, "date-time",
            LocalDate.class, "date");
    private static final String CLOCK = "T(-?[0-9]+H)?(-?[0-9]+M)?(-?[0-9]+([.][0-9]{1,9})?S)?";
    /** What Java writes is not all of what RFC 3339 allows, nor the other way round: {@code 10:15+01:00}, {@code PT1.5S}, {@code PT-6H}. */
    private static final Map<Class<?>, String> PATTERNS = Map.of(
            LocalTime.class, "^" + LOCAL_TIME + "$",
            LocalDateTime.class, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T" + LOCAL_TIME + "$",
            OffsetTime.class, "^" + LOCAL_TIME + "(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)$",
            Duration.class, "^-?P(-?[0-9]+D(" + CLOCK + ")?|" + CLOCK + ")$",
            Period.class, "^-?P(-?[0-9]+Y)?(-?[0-9]+M)?(-?[0-9]+W)?(-?[0-9]+D)?$");

    private static final Map<Class<?>, long[]> INTEGERS = Map.of(
            byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
            Byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
            short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            Short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            int.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            Integer.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            Long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});

    private PlainTypes() {}

    /** {@return the schema of a type, or null if it is none of these} */
    static @Nullable ObjectNode of(Class<?> type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        String format = FORMATS.get(type);
        String pattern = PATTERNS.get(type);
        long[] range = INTEGERS.get(type);
        if (format != null) {
            return schema.put("type", "string").put("format", format);
        }
        if (pattern != null) {
            return schema.put("type", "string").put("pattern", pattern);
        }
        if (range != null) {
            return schema.put("type", "integer").put("minimum", range[0]).put("maximum", range[1]);
        }
        if (type == String.class || type == CharSequence.class) {
            return schema.put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == BigInteger.class) {
            return schema.put("type", "integer");
        }
        if (type == double.class
                || type == Double.class
                || type == float.class
                || type == Float.class
                || type == BigDecimal.class) {
            return schema.put("type", "number");
        }
        return rare(type, schema);
    }

    private static @Nullable ObjectNode rare(Class<?> type, ObjectNode schema) {
        if (type == char.class || type == Character.class) {
            return schema.put("type", "string").put("minLength", 1).put("maxLength", 1);
        }
        if (type == byte[].class) {
            return schema.put("type", "string").put("contentEncoding", "base64");
        }
        if (type == char[].class) {
            return schema.put("type", "string");
        }
        return type == Object.class || JsonNode.class.isAssignableFrom(type) ? schema : null;
    }
}
