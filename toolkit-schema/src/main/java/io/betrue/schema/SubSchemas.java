package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiConsumer;

/** Finds the schemas that stand directly in a schema. */
final class SubSchemas {
    private SubSchemas() {}

    /**
     * Visits them. Behind {@code $ref} nothing counts (drafts 4 to 7).
     *
     * @param place the schema
     * @param visit takes the keyword and the place of each
     */
    static void each(Place place, BiConsumer<String, Place> visit) {
        if (!place.node().isObject() || place.node().path("$ref").isTextual()) {
            return;
        }
        Map<String, Keywords.Shape> words = Keywords.of(place.document().draft());
        for (Map.Entry<String, JsonNode> member : place.node().properties()) {
            Keywords.Shape shape = words.getOrDefault(member.getKey(), Keywords.Shape.ANY);
            Place inside = place.child(member.getKey(), member.getValue());
            switch (shape) {
                case SCHEMA, SCHEMA_OR_FLAG -> one(member.getKey(), inside, visit);
                case SCHEMA_LIST -> list(member.getKey(), inside, visit);
                case SCHEMA_OR_LIST -> {
                    one(member.getKey(), inside, visit);
                    list(member.getKey(), inside, visit);
                }
                case SCHEMA_MAP, PATTERN_MAP, DEPENDENCY_MAP -> map(member.getKey(), inside, visit);
                default -> {}
            }
        }
    }

    private static void one(String keyword, Place place, BiConsumer<String, Place> visit) {
        if (isSchema(place.node())) {
            visit.accept(keyword, place);
        }
    }

    private static void list(String keyword, Place place, BiConsumer<String, Place> visit) {
        for (int i = 0; place.node().isArray() && i < place.node().size(); i++) {
            one(keyword, place.child(i, place.node().get(i)), visit);
        }
    }

    private static void map(String keyword, Place place, BiConsumer<String, Place> visit) {
        if (place.node().isObject()) {
            place.node()
                    .properties()
                    .forEach(member -> one(keyword, place.child(member.getKey(), member.getValue()), visit));
        }
    }

    private static boolean isSchema(JsonNode node) {
        return node.isObject() || node.isBoolean();
    }
}
