package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON of a schema into lists, maps and plain values. */
final class Plain {
    /** The most items of a list that are told. */
    static final int MOST = 50;

    private Plain() {}

    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            default -> node.asText();
        };
    }

    private static @Nullable Object nullable(JsonNode node) {
        return node.isNull() ? null : of(node);
    }

    private static Map<String, @Nullable Object> map(JsonNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(member -> map.put(member.getKey(), nullable(member.getValue())));
        return map;
    }

    private static List<@Nullable Object> list(JsonNode node) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, node.size()); i++) {
            list.add(nullable(node.get(i)));
        }
        return list;
    }
}
