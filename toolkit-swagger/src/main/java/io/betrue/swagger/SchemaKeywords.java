package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Where a JSON Schema of draft 4, 6 or 7 has schemas within. */
final class SchemaKeywords {
    private static final Set<String> ONE = Set.of(
            "not",
            "additionalItems",
            "additionalProperties",
            "contains",
            "propertyNames",
            "if",
            "then",
            "else",
            "items");
    private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "items");
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "dependencies");

    private SchemaKeywords() {}

    /** Changes a schema; {@code at} is the JSON pointer of the place. */
    interface Change {
        JsonNode apply(JsonNode schema, String at);
    }

    /** A copy of a schema with each schema directly within it changed, but for those in {@code definitions}. */
    static ObjectNode mapWithin(ObjectNode schema, String at, Change change) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            copy.set(keyword, within(keyword, member.getValue(), at + "/" + escape(keyword), change));
        }
        return copy;
    }

    private static JsonNode within(String keyword, JsonNode value, String at, Change change) {
        if (ONE.contains(keyword) && isSchema(value)) {
            return change.apply(value, at);
        }
        if (LIST.contains(keyword) && value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                list.add(change.apply(value.get(i), at + "/" + i));
            }
            return list;
        }
        if (NAMED.contains(keyword) && value.isObject()) {
            ObjectNode named = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                JsonNode inner = entry.getValue();
                String place = at + "/" + escape(entry.getKey());
                named.set(entry.getKey(), isSchema(inner) ? change.apply(inner, place) : inner);
            }
            return named;
        }
        return value;
    }

    static boolean isSchema(JsonNode value) {
        return value.isObject() || value.isBoolean();
    }

    /** The target of a {@code $ref}, or the empty text: beside a name, {@code $ref} is also a name of a property that anybody may have. */
    static boolean isReference(JsonNode schema) {
        return schema.isObject() && schema.path("$ref").isTextual();
    }

    /** What {@code true} and {@code false} are as an object. */
    static ObjectNode object(boolean anything) {
        ObjectNode any = JsonNodeFactory.instance.objectNode();
        return anything ? any : any.set("not", JsonNodeFactory.instance.objectNode());
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static boolean isEmptyObject(JsonNode value) {
        Iterator<String> names = value.fieldNames();
        return value.isObject() && !names.hasNext();
    }
}
