package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords {@code type} with several types, {@code enum} and {@code const}. */
final class ValueCheck extends Check {
    private final int types;
    private final @Nullable Set<String> texts;
    private final Set<Object> others = new HashSet<>();

    /**
     * Makes a check.
     *
     * @param types the types allowed
     * @param values the values allowed, or null for any
     */
    ValueCheck(int types, @Nullable Iterable<JsonNode> values) {
        this.types = types;
        if (values == null) {
            texts = null;
            return;
        }
        Run run = new Run(true);
        Set<String> strings = new HashSet<>();
        for (JsonNode value : values) {
            if (value.isTextual()) {
                strings.add(value.textValue());
            } else {
                others.add(key(Views.of(value, run)));
            }
        }
        texts = strings;
    }

    @Override
    boolean accepts(Object value) {
        if ((types & Types.of(value)) == 0) {
            return false;
        }
        if (texts == null) {
            return true;
        }
        return value instanceof String text ? texts.contains(text) : others.contains(key(value));
    }

    private static Object key(Object value) {
        if (value instanceof Views.ObjectView object) {
            return new JsonValue(object.node());
        }
        if (value instanceof Views.ArrayView array) {
            return new JsonValue(array.node());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer).stripTrailingZeros();
        }
        if (value instanceof Double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros();
        }
        return value instanceof Number number
                ? BigDecimal.valueOf(number.longValue()).stripTrailingZeros()
                : value;
    }
}
