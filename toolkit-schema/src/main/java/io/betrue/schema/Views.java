package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONObject;

/** Shows Jackson's values to the engine as those of org.json, member by member when it asks for them, without a copy. */
final class Views {
    private Views() {}

    /**
     * {@return the value as the engine knows it}
     *
     * @param value the value
     * @param wholeDecimals whether 1.0 is an integer: from draft 6 on
     */
    static Object of(JsonNode value, boolean wholeDecimals) {
        return switch (value.getNodeType()) {
            case OBJECT -> new ObjectView((ObjectNode) value, wholeDecimals);
            case ARRAY -> new ArrayView((ArrayNode) value, wholeDecimals);
            case STRING -> value.textValue();
            case NUMBER -> number(value, wholeDecimals);
            case BOOLEAN -> value.booleanValue();
            case BINARY -> value.asText();
            default -> JSONObject.NULL;
        };
    }

    static Number number(JsonNode value, boolean wholeDecimals) {
        return switch (value.numberType()) {
            case INT -> value.intValue();
            case LONG -> value.longValue();
            case BIG_INTEGER -> value.bigIntegerValue();
            default -> decimal(value.decimalValue(), wholeDecimals);
        };
    }

    private static Number decimal(BigDecimal decimal, boolean wholeDecimals) {
        if (wholeDecimals && isWhole(decimal)) {
            return decimal.precision() - decimal.scale() <= 18
                    ? (Number) decimal.longValueExact()
                    : decimal.toBigIntegerExact();
        }
        return decimal;
    }

    static boolean isWhole(BigDecimal decimal) {
        return decimal.signum() == 0
                || decimal.scale() <= 0
                || decimal.stripTrailingZeros().scale() <= 0;
    }

    /** A view of an object. */
    static final class ObjectView extends JSONObject {
        private final ObjectNode node;
        private final boolean wholeDecimals;

        ObjectView(ObjectNode node, boolean wholeDecimals) {
            super(0);
            this.node = node;
            this.wholeDecimals = wholeDecimals;
        }

        ObjectNode node() {
            return node;
        }

        @Override
        public boolean has(String name) {
            return node.get(name) != null;
        }

        @Override
        public Object get(String name) {
            return of(node.required(name), wholeDecimals);
        }

        @Override
        public int length() {
            return node.size();
        }

        @Override
        public boolean isEmpty() {
            return node.isEmpty();
        }

        @Override
        public Iterator<String> keys() {
            return node.fieldNames();
        }

        @Override
        public Set<String> keySet() {
            Set<String> names = new LinkedHashSet<>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }

    /** A view of an array. */
    static final class ArrayView extends JSONArray {
        private final ArrayNode node;
        private final boolean wholeDecimals;

        ArrayView(ArrayNode node, boolean wholeDecimals) {
            super(0);
            this.node = node;
            this.wholeDecimals = wholeDecimals;
        }

        ArrayNode node() {
            return node;
        }

        @Override
        public Object get(int index) {
            return of(node.required(index), wholeDecimals);
        }

        @Override
        public int length() {
            return node.size();
        }

        @Override
        public boolean isEmpty() {
            return node.isEmpty();
        }

        @Override
        public Iterator<Object> iterator() {
            Iterator<JsonNode> items = node.elements();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return items.hasNext();
                }

                @Override
                public Object next() {
                    return of(items.next(), wholeDecimals);
                }
            };
        }
    }
}
