package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
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

    private final Set<String> lossy;

    Schema30() {
        this(Set.of());
    }

    private Schema30(Set<String> lossy) {
        this.lossy = lossy;
    }

    @Override
    public Dialect knowing(Set<String> references) {
        return new Schema30(references);
    }

    @Override
    public JsonNode schema(String name, JsonNode schema, List<String> losses) {
        return new Conversion(name, losses, lossy).convert(schema, "");
    }

    private record Conversion(String name, List<String> losses, Set<String> lossy) {
        JsonNode convert(JsonNode schema, String at) {
            if (schema.isBoolean()) {
                return SchemaKeywords.object(schema.booleanValue());
            }
            if (!schema.isObject() || SchemaKeywords.isReference(schema)) {
                return schema;
            }
            ObjectNode source = within((ObjectNode) schema, at);
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

        /** Converts what is within. Where the other way round counts too, a schema that allows more would refuse more: it is left out, or one of several is any. */
        private ObjectNode within(ObjectNode schema, String at) {
            Set<String> loose = new HashSet<>();
            ObjectNode source = SchemaKeywords.mapWithin(schema, at, (inner, place) -> {
                int known = losses.size();
                JsonNode converted = convert(inner, place);
                boolean less = losses.size() > known
                        || (SchemaKeywords.isReference(inner)
                                && lossy.contains(inner.path("$ref").textValue()));
                if (less && place.equals(at + "/not")) {
                    losses.subList(known, losses.size()).clear();
                    loose.add("not");
                } else if (less && place.startsWith(at + "/oneOf/")) {
                    loose.add("oneOf");
                }
                return converted;
            });
            if (loose.contains("not")) {
                source.remove("not");
                lose(at, "not, with what is in it");
            }
            if (loose.contains("oneOf")) {
                JsonNode choices = source.remove("oneOf");
                ObjectNode any = source;
                if (source.has("anyOf")) {
                    ArrayNode all =
                            source.path("allOf") instanceof ArrayNode present ? present : source.putArray("allOf");
                    any = all.addObject();
                }
                any.set("anyOf", choices);
                lose(at, "oneOf, with what is in it");
            }
            return source;
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
