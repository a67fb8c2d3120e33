package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an array. */
final class ArrayExplainer {
    private final Explainer explainer;
    private final Draft draft;
    private final Limits limits;

    ArrayExplainer(Explainer explainer, Draft draft, Limits limits) {
        this.explainer = explainer;
        this.draft = draft;
        this.limits = limits;
    }

    void explain(JsonNode schema, JsonNode array, String pointer) {
        explainer.count(schema, "minItems", array.size(), pointer);
        explainer.count(schema, "maxItems", array.size(), pointer);
        if (schema.path("uniqueItems").booleanValue()) {
            unique(array, pointer);
        }
        JsonNode items = schema.get("items");
        for (int i = 0; items != null && i < array.size(); i++) {
            JsonNode item = item(schema, items, i);
            if (item != null && item.isBoolean() && !item.booleanValue() && items.isArray() && i >= items.size()) {
                explainer.add(
                        pointer,
                        "additionalItems",
                        Map.of("maxItems", items.size()),
                        "must have at most " + items.size() + (items.size() == 1 ? " item" : " items"));
                break;
            }
            if (item != null) {
                explainer.explain(item, array.required(i), Pointers.child(pointer, i));
            }
        }
        contains(schema, array, pointer);
    }

    private static @Nullable JsonNode item(JsonNode schema, JsonNode items, int index) {
        if (!items.isArray()) {
            return items;
        }
        return index < items.size() ? items.get(index) : schema.get("additionalItems");
    }

    private void unique(JsonNode array, String pointer) {
        if (array.size() > limits.uniqueItems()) {
            explainer.add(
                    pointer,
                    "uniqueItems",
                    Map.of("maxItems", limits.uniqueItems()),
                    "must have at most " + limits.uniqueItems() + " items to be checked for duplicates");
            return;
        }
        int duplicate = UniqueCheck.duplicate(array);
        if (duplicate >= 0) {
            explainer.add(pointer, "uniqueItems", Map.of("duplicate", duplicate), "must not have the same item twice");
        }
    }

    private void contains(JsonNode schema, JsonNode array, String pointer) {
        if (draft == Draft.DRAFT_4 || !schema.has("contains")) {
            return;
        }
        for (JsonNode item : array) {
            if (explainer.accepts(schema.get("contains"), item)) {
                return;
            }
        }
        explainer.add(pointer, "contains", Map.of(), "must have an item of the kind that is demanded");
    }
}
