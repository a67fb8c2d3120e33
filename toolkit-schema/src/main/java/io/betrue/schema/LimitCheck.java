package io.betrue.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses values that would take too much to check, whatever the schema says. */
final class LimitCheck {
    private static final int BITS_PER_TEN_DIGITS = 34;

    private LimitCheck() {}

    /**
     * {@return the first place that is beyond a limit, or null}
     *
     * @throws IllegalArgumentException if the value has a node that is no JSON
     */
    static @Nullable Violation check(JsonNode value, Limits limits) {
        return check(value, "", limits.depth(), limits);
    }

    private static @Nullable Violation check(JsonNode value, String pointer, int depth, Limits limits) {
        Fault fault = fault(value, depth, limits);
        return fault == null ? null : fault.violation(pointer, limits);
    }

    /** A fault and the way to it, which is only written down when there is one. */
    private record Fault(
            String keyword, @Nullable Object step, @Nullable Fault inner) {
        Violation violation(String pointer, Limits limits) {
            if (inner != null) {
                String below = step instanceof Integer index
                        ? Pointers.child(pointer, index)
                        : Pointers.child(pointer, String.valueOf(step));
                return inner.violation(below, limits);
            }
            if (keyword.equals("depth")) {
                return tooDeep(pointer, limits);
            }
            return keyword.equals("number")
                    ? new Violation(pointer, keyword, Map.of(), "must be a finite number")
                    : new Violation(
                            pointer,
                            keyword,
                            Map.of(keyword, limits.numberLength()),
                            "must have at most " + limits.numberLength() + " digits when it is written out");
        }
    }

    static Violation tooDeep(String pointer, Limits limits) {
        return new Violation(
                pointer,
                "depth",
                Map.of("depth", limits.depth()),
                "must not nest deeper than " + limits.depth() + " levels");
    }

    private static @Nullable Fault fault(JsonNode value, int depth, Limits limits) {
        return switch (value.getNodeType()) {
            case OBJECT -> depth == 0 ? new Fault("depth", null, null) : inObject(value, depth, limits);
            case ARRAY -> depth == 0 ? new Fault("depth", null, null) : inArray(value, depth, limits);
            case NUMBER -> number(value, limits);
            case POJO, MISSING ->
                throw new IllegalArgumentException(
                        "value is not JSON: it holds a " + value.getNodeType() + " node; convert it to a tree first");
            default -> null;
        };
    }

    private static @Nullable Fault inObject(JsonNode object, int depth, Limits limits) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Fault fault = fault(member.getValue(), depth - 1, limits);
            if (fault != null) {
                return new Fault("", member.getKey(), fault);
            }
        }
        return null;
    }

    private static @Nullable Fault inArray(JsonNode array, int depth, Limits limits) {
        for (int i = 0; i < array.size(); i++) {
            Fault fault = fault(array.required(i), depth - 1, limits);
            if (fault != null) {
                return new Fault("", i, fault);
            }
        }
        return null;
    }

    private static @Nullable Fault number(JsonNode value, Limits limits) {
        JsonParser.NumberType type = value.numberType();
        if (type == JsonParser.NumberType.DOUBLE || type == JsonParser.NumberType.FLOAT) {
            return Double.isFinite(value.doubleValue()) ? null : new Fault("number", null, null);
        }
        boolean tooLong = type == JsonParser.NumberType.BIG_INTEGER
                ? value.bigIntegerValue().bitLength() > limits.numberLength() * (long) BITS_PER_TEN_DIGITS / 10
                : type == JsonParser.NumberType.BIG_DECIMAL && isLong(value.decimalValue(), limits.numberLength());
        return tooLong ? new Fault("numberLength", null, null) : null;
    }

    static boolean isLong(BigDecimal number, int most) {
        long whole = (long) number.precision() - number.scale();
        return number.precision() > most || number.scale() > most || whole > most;
    }
}
