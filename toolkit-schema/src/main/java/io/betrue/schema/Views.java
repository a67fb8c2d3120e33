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
    private static final double LARGEST_EXACT = 1L << 53;

    private Views() {}

    /**
     * {@return the value as the engine knows it}
     *
     * @param value the value
     * @param run the check that it is for
     */
    static Object of(JsonNode value, Run run) {
        return switch (value.getNodeType()) {
            case OBJECT -> new ObjectView((ObjectNode) value, run);
            case ARRAY -> new ArrayView((ArrayNode) value, run);
            case STRING -> value.textValue();
            case NUMBER -> number(value, run.wholeDecimals());
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
            case DOUBLE, FLOAT -> floating(value.doubleValue(), wholeDecimals);
            default -> decimal(value.decimalValue(), wholeDecimals);
        };
    }

    /** {@return the number; most have no bound to be compared with, so that they need not become decimals} */
    private static Number floating(double number, boolean wholeDecimals) {
        if (number != Math.rint(number)) {
            return number;
        }
        return wholeDecimals && Math.abs(number) < LARGEST_EXACT
                ? (Number) (long) number
                : decimal(BigDecimal.valueOf(number), wholeDecimals);
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
        private final Run run;

        ObjectView(ObjectNode node, Run run) {
            super(0);
            this.node = node;
            this.run = run;
        }

        ObjectNode node() {
            return node;
        }

        Run run() {
            return run;
        }

        @Override
        public boolean has(String name) {
            return node.get(name) != null;
        }

        @Override
        public Object get(String name) {
            return of(node.required(name), run);
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
        private final Run run;

        ArrayView(ArrayNode node, Run run) {
            super(0);
            this.node = node;
            this.run = run;
        }

        ArrayNode node() {
            return node;
        }

        Run run() {
            return run;
        }

        @Override
        public Object get(int index) {
            return of(node.required(index), run);
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
                    return of(items.next(), run);
                }
            };
        }
    }
}
