package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;

/** The types of JSON Schema as bits of a mask. */
final class Types {
    static final List<String> NAMES = List.of("string", "number", "integer", "boolean", "object", "array", "null");
    static final int STRING = 1;
    static final int NUMBER = 2;
    static final int INTEGER = 4;
    static final int BOOLEAN = 8;
    static final int OBJECT = 16;
    static final int ARRAY = 32;
    static final int NULL = 64;
    static final int ANY = 127;

    private Types() {}

    /** {@return the mask of a {@code type} keyword; any type if the schema has none} */
    static int mask(JsonNode schema) {
        JsonNode type = schema.get("type");
        if (type == null) {
            return ANY;
        }
        if (type.isTextual()) {
            return mask(type.textValue());
        }
        int mask = 0;
        for (JsonNode one : type) {
            mask |= mask(one.asText());
        }
        return mask;
    }

    private static int mask(String name) {
        return 1 << NAMES.indexOf(name);
    }

    /** {@return the types of a value of the engine; an integer is a number too} */
    static int of(Object value) {
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof Number) {
            boolean whole = value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            return whole ? NUMBER | INTEGER : NUMBER;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof JSONObject) {
            return OBJECT;
        }
        return value instanceof JSONArray ? ARRAY : NULL;
    }

    /** {@return the types of a value} */
    static int of(JsonNode value, boolean wholeDecimals) {
        return switch (value.getNodeType()) {
            case STRING, BINARY -> STRING;
            case NUMBER -> isInteger(value, wholeDecimals) ? NUMBER | INTEGER : NUMBER;
            case BOOLEAN -> BOOLEAN;
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            default -> NULL;
        };
    }

    private static boolean isInteger(JsonNode value, boolean wholeDecimals) {
        return value.isIntegralNumber() || (wholeDecimals && Views.isWhole(decimal(value)));
    }

    private static BigDecimal decimal(JsonNode value) {
        return value.decimalValue();
    }
}
