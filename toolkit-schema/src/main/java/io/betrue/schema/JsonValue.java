package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that is equal to another when JSON Schema says so: numbers by value, objects whatever the order of their members. Its hash cannot be foreseen,
 * so that nobody can send values that all have the same one.
 */
final class JsonValue {
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    private final JsonNode node;
    private final int hash;

    JsonValue(JsonNode node) {
        this.node = node;
        this.hash = fold(hash(node));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonValue value && hash == value.hash && equal(node, value.node);
    }

    private static int fold(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * FACTOR;
        return (int) (mixed ^ (mixed >>> 29));
    }

    private static long hash(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> objectHash(node);
            case ARRAY -> arrayHash(node);
            case NUMBER -> 3 + (long) normal(node).hashCode() * FACTOR;
            case STRING, BINARY -> 5 + textHash(node.asText());
            case BOOLEAN -> node.booleanValue() ? 7 : 11;
            default -> 13;
        };
    }

    private static long objectHash(JsonNode node) {
        long hash = 17;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            long one = (textHash(member.getKey()) ^ 0x5bd1e995L) * FACTOR + hash(member.getValue());
            hash += (one ^ (one >>> 31)) * FACTOR;
        }
        return hash;
    }

    private static long arrayHash(JsonNode node) {
        long hash = 19;
        for (JsonNode item : node) {
            hash = (hash ^ (hash >>> 29)) * FACTOR + hash(item);
        }
        return hash;
    }

    private static long textHash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ (hash >>> 29)) * FACTOR + text.charAt(i);
        }
        return hash;
    }

    private static BigDecimal normal(JsonNode number) {
        return number.decimalValue().stripTrailingZeros();
    }

    /** {@return whether two values are the same to JSON Schema} */
    static boolean equal(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.equals(b) || a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isTextual() || b.isTextual()) {
            return a.asText().equals(b.asText()) && isText(a) && isText(b);
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        return switch (a.getNodeType()) {
            case OBJECT -> equalObjects(a, b);
            case ARRAY -> equalArrays(a, b);
            default -> a.equals(b);
        };
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() || node.isBinary();
    }

    private static boolean equalObjects(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            JsonNode other = b.get(member.getKey());
            if (other == null || !equal(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalArrays(JsonNode a, JsonNode b) {
        Iterator<JsonNode> others = b.iterator();
        for (JsonNode item : a) {
            if (!equal(item, others.next())) {
                return false;
            }
        }
        return true;
    }
}
