package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OpenAPI 3.0.3 has a schema language of its own, poorer than draft 7. What it cannot say is left out, so that its schema allows more than the one that
 * validates, and never less.
 */
final class Schema30 implements Dialect {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> SAME = Set.of(
            "title",
            "description",
            "default",
            "multipleOf",
            "maximum",
            "minimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "properties",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "format",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly");
    private static final List<String> LOST = List.of("propertyNames", "contains", "dependencies", "contentMediaType");

    @Override
    public JsonNode schema(String name, JsonNode schema, List<String> losses) {
        return new Conversion(name, losses).convert(schema, "");
    }

    private record Conversion(String name, List<String> losses) {
        JsonNode convert(JsonNode schema, String at) {
            if (schema.isBoolean()) {
                return SchemaKeywords.object(schema.booleanValue());
            }
            if (!schema.isObject() || SchemaKeywords.isReference(schema)) {
                return schema;
            }
            ObjectNode source = SchemaKeywords.mapWithin(exactly((ObjectNode) schema, at), at, this::convert);
            ObjectNode target = JSON.objectNode();
            for (Map.Entry<String, JsonNode> member : source.properties()) {
                if (SAME.contains(member.getKey()) || member.getKey().startsWith("x-")) {
                    target.set(member.getKey(), member.getValue());
                }
            }
            values(source, target);
            limits(source, target);
            arrays(source, (ObjectNode) schema, target, at);
            objects(source, target, at);
            for (String keyword : LOST) {
                if (source.has(keyword)) {
                    lose(at, keyword);
                }
            }
            if (source.has("if")) {
                lose(at, "if, then and else");
            }
            Nulls.alternatives(target);
            Nulls.types(source.path("type"), target);
            if (target.has("default") && !Nulls.fits(target.path("default"), target)) {
                target.remove("default");
                lose(at, "that a default is of another type");
            }
            if (target.path("type").asText().equals("array") && !target.has("items")) {
                target.set("items", JSON.objectNode());
            }
            return target;
        }

        /** Where the other way round counts too, a schema that allows more would refuse more: it is left out, or one of several is any of them. */
        private ObjectNode exactly(ObjectNode schema, String at) {
            ObjectNode exact = schema;
            if (schema.has("not") && isLossy(schema.path("not"))) {
                exact = exact.deepCopy();
                exact.remove("not");
                lose(at, "not, with what is in it");
            }
            JsonNode choices = schema.path("oneOf");
            if (choices.isArray() && isLossy(JSON.objectNode().set("anyOf", choices)) && !schema.has("anyOf")) {
                exact = exact.deepCopy();
                exact.set("anyOf", exact.remove("oneOf"));
                lose(at, "oneOf, with what is in it");
            }
            return exact;
        }

        private static boolean isLossy(JsonNode schema) {
            List<String> losses = new ArrayList<>();
            new Conversion("", losses).convert(schema, "");
            return !losses.isEmpty();
        }

        private static void values(ObjectNode source, ObjectNode target) {
            if (source.has("const")) {
                target.putArray("enum").add(source.get("const"));
            } else if (source.has("enum")) {
                target.set("enum", source.get("enum"));
            }
            if (source.path("examples").isArray() && !source.path("examples").isEmpty()) {
                target.set("example", source.path("examples").get(0));
            }
            boolean free = !source.has("format") && !target.has("enum") && !target.has("default");
            if (free && source.path("contentEncoding").asText().equals("base64")) {
                target.put("format", "byte");
            }
        }

        /** A limit that is out is written as the limit and a flag; of two limits the narrower one counts. */
        private static void limits(ObjectNode source, ObjectNode target) {
            limit(source, target, "minimum", "exclusiveMinimum", 1);
            limit(source, target, "maximum", "exclusiveMaximum", -1);
        }

        private static void limit(ObjectNode source, ObjectNode target, String in, String out, int sign) {
            JsonNode excluded = source.path(out);
            if (!excluded.isNumber()) {
                return;
            }
            JsonNode included = source.path(in);
            if (!included.isNumber() || excluded.decimalValue().compareTo(included.decimalValue()) * sign >= 0) {
                target.set(in, excluded);
                target.put(out, true);
            }
        }

        private void arrays(ObjectNode source, ObjectNode original, ObjectNode target, String at) {
            JsonNode items = source.path("items");
            if (items.isObject()) {
                target.set("items", items);
            } else if (items.isArray() && !items.isEmpty()) {
                lose(at, "the order of items");
                boolean closed = original.path("additionalItems").isBoolean()
                        && !original.path("additionalItems").booleanValue();
                target.set(
                        "items",
                        closed || source.has("additionalItems") ? tuple(source, items, closed) : JSON.objectNode());
                int most = items.size();
                if (closed && target.path("maxItems").asInt(Integer.MAX_VALUE) > most) {
                    target.put("maxItems", most);
                }
            }
        }

        private static ObjectNode tuple(ObjectNode source, JsonNode items, boolean closed) {
            ObjectNode any = JSON.objectNode();
            ArrayNode choices = any.putArray("anyOf");
            items.forEach(choices::add);
            if (!closed) {
                choices.add(source.get("additionalItems"));
            }
            return any;
        }

        private void objects(ObjectNode source, ObjectNode target, String at) {
            JsonNode required = source.path("required");
            if (required.isArray() && !required.isEmpty()) {
                target.set("required", required);
            }
            JsonNode patterns = source.path("patternProperties");
            JsonNode others = source.path("additionalProperties");
            if (!patterns.isEmpty()) {
                lose(at, "patternProperties");
                if (others.isObject() && !SchemaKeywords.isEmptyObject(others)) {
                    List<JsonNode> choices = new ArrayList<>();
                    patterns.forEach(choices::add);
                    choices.add(others);
                    target.putObject("additionalProperties").putArray("anyOf").addAll(choices);
                }
            } else if (others.isObject()) {
                target.set("additionalProperties", Nulls.isNever(others) ? JSON.booleanNode(false) : others);
            }
        }

        private void lose(String at, String what) {
            losses.add("schema " + name + (at.isEmpty() ? "" : " at " + at) + ": OpenAPI 3.0 cannot say " + what
                    + ", so its document allows more than is valid");
        }
    }
}
