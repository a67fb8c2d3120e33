package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** OpenAPI 3.0 has one type a schema and no type {@code null}, but {@code nullable} beside a type. */
final class Nulls {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What may refuse null where {@code nullable} allows it. */
    private static final List<String> REFUSES_NULL = List.of("enum", "not", "allOf", "anyOf", "oneOf");

    private Nulls() {}

    /** Writes the {@code type} of JSON Schema, one name or several, into a schema of OpenAPI 3.0. */
    static void types(JsonNode type, ObjectNode target) {
        Set<String> types = new LinkedHashSet<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(name -> types.add(name.asText()));
        boolean nullable = types.remove("null");
        if (types.contains("number")) {
            types.remove("integer");
        }
        if (types.isEmpty()) {
            if (nullable) {
                onlyNull(target);
            }
        } else if (types.size() == 1) {
            target.put("type", types.iterator().next());
            if (nullable) {
                target.put("nullable", true);
            }
        } else {
            several(types, nullable, target);
        }
    }

    /** A choice between a schema of one type and null is that schema, nullable; a {@code $ref} has no room for it. */
    static void alternatives(ObjectNode target) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            JsonNode choices = target.path(keyword);
            if (choices.size() == 2
                    && isOnlyNull(choices.get(0)) != isOnlyNull(choices.get(1))
                    && !target.has("allOf")) {
                JsonNode other = choices.get(isOnlyNull(choices.get(0)) ? 1 : 0);
                if (other.has("type") && REFUSES_NULL.stream().noneMatch(other::has)) {
                    target.remove(keyword);
                    ObjectNode nullable = other.deepCopy();
                    target.putArray("allOf").add(nullable.put("nullable", true));
                }
            }
        }
    }

    /** Whether a value has the type of a schema, said or implied: OpenAPI 3.0 demands it of {@code default}, and parsers look. */
    static boolean fits(JsonNode value, JsonNode schema) {
        if (value.isNull()) {
            return schema.path("nullable").asBoolean() || !schema.has("type");
        }
        boolean array = schema.has("items");
        boolean object = schema.has("properties") || schema.has("additionalProperties");
        if ((array && !value.isArray()) || (object && !value.isObject())) {
            return false;
        }
        return switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            default -> true;
        };
    }

    static boolean isNever(JsonNode schema) {
        return schema.size() == 1 && SchemaKeywords.isEmptyObject(schema.path("not"));
    }

    private static void onlyNull(ObjectNode target) {
        JsonNode values = target.path("enum");
        if (!values.isEmpty() && values.valueStream().noneMatch(JsonNode::isNull)) {
            target.set("not", JSON.objectNode()); // nothing is null and another value
            return;
        }
        target.put("type", "string");
        target.put("nullable", true);
        target.putArray("enum").addNull();
    }

    private static boolean isOnlyNull(JsonNode schema) {
        return schema.path("nullable").asBoolean()
                && schema.path("enum").size() == 1
                && schema.path("enum").get(0).isNull();
    }

    private static void several(Set<String> types, boolean nullable, ObjectNode target) {
        List<JsonNode> choices = new ArrayList<>();
        for (String type : types) {
            ObjectNode choice = JSON.objectNode().put("type", type);
            if (type.equals("array")) {
                choice.set("items", target.has("items") ? target.get("items") : JSON.objectNode());
            }
            if (nullable) {
                choice.put("nullable", true);
            }
            choices.add(choice);
        }
        if (target.has("anyOf")) {
            ArrayNode all = target.path("allOf") instanceof ArrayNode present ? present : target.putArray("allOf");
            all.addObject().putArray("anyOf").addAll(choices);
        } else {
            target.putArray("anyOf").addAll(choices);
        }
    }
}
