package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells whether a schema allows less than another: bad news for what a client sends, and the other way round for what it gets. */
final class SchemaComparison {
    private static final Set<String> ALL_TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");
    private static final List<String> FLOORS =
            List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final List<String> CEILINGS =
            List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> EXACT = List.of("pattern", "format", "multipleOf", "uniqueItems");
    private static final List<String> CHOICES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> UNJUDGED = List.of(
            "not",
            "prefixItems",
            "contains",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "if",
            "then",
            "else",
            "patternProperties");

    private final JsonNode before;
    private final JsonNode after;
    private final boolean sent;
    private final List<String> found;
    private final Set<List<JsonNode>> seen = new HashSet<>();

    /**
     * @param before the old document
     * @param after the new one
     * @param sent whether a client sends the values; otherwise it gets them
     * @param found takes what can break it
     */
    SchemaComparison(JsonNode before, JsonNode after, boolean sent, List<String> found) {
        this.before = before;
        this.after = after;
        this.sent = sent;
        this.found = found;
    }

    void compare(String at, JsonNode oldSchema, JsonNode newSchema) {
        JsonNode old = object(Compatibility.follow(before, oldSchema));
        JsonNode now = object(Compatibility.follow(after, newSchema));
        if (!seen.add(List.of(old, now)) || seen.size() > 100_000) {
            return;
        }
        JsonNode wide = sent ? old : now;
        JsonNode narrow = sent ? now : old;
        types(at, wide, narrow);
        values(at, wide, narrow);
        limits(at, wide, narrow);
        required(at, wide, narrow);
        properties(at, old, now);
        if (old.has("items") || now.has("items")) {
            compare(at + "[]", old.path("items"), now.path("items"));
        }
        for (String keyword : CHOICES) {
            choices(at, keyword, old.path(keyword), now.path(keyword));
        }
        for (String keyword : UNJUDGED) {
            if (!old.path(keyword).equals(now.path(keyword))) {
                add(at, keyword + " differs, which is not looked into");
            }
        }
    }

    private static JsonNode object(JsonNode schema) {
        return schema.isBoolean() ? SchemaKeywords.object(schema.booleanValue()) : schema;
    }

    private void types(String at, JsonNode wide, JsonNode narrow) {
        Set<String> lost = typesOf(wide);
        Set<String> kept = typesOf(narrow);
        lost.removeAll(kept);
        if (kept.contains("number")) {
            lost.remove("integer");
        }
        if (!lost.isEmpty()) {
            add(
                    at,
                    (sent ? "no longer takes " : "may now be ")
                            + String.join(", ", lost.stream().sorted().toList()));
        }
    }

    private static Set<String> typesOf(JsonNode schema) {
        Set<String> types = new LinkedHashSet<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
            if (schema.path("nullable").asBoolean()) {
                types.add("null");
            }
        }
        type.forEach(name -> types.add(name.asText()));
        if (types.isEmpty()) {
            valuesOf(schema).forEach(value -> types.add(typeOf(value)));
        }
        return types.isEmpty() ? new LinkedHashSet<>(ALL_TYPES) : types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private void values(String at, JsonNode wide, JsonNode narrow) {
        List<JsonNode> allowed = valuesOf(narrow);
        if (allowed.isEmpty()) {
            return;
        }
        List<JsonNode> lost = valuesOf(wide);
        if (lost.isEmpty()) {
            add(at, sent ? "takes only some values" : "may now be any value");
        } else {
            lost.removeAll(allowed);
            if (!lost.isEmpty()) {
                add(at, (sent ? "no longer takes " : "may now be ") + lost);
            }
        }
    }

    private static List<JsonNode> valuesOf(JsonNode schema) {
        List<JsonNode> values = new ArrayList<>();
        if (schema.has("const")) {
            values.add(schema.get("const"));
        } else {
            schema.path("enum").forEach(values::add);
        }
        return values;
    }

    private void limits(String at, JsonNode wide, JsonNode narrow) {
        FLOORS.forEach(keyword -> limit(at, keyword, wide.path(keyword), narrow.path(keyword), 1));
        CEILINGS.forEach(keyword -> limit(at, keyword, wide.path(keyword), narrow.path(keyword), -1));
        for (String keyword : EXACT) {
            if (narrow.has(keyword) && !narrow.path(keyword).equals(wide.path(keyword))) {
                add(at, "has another " + keyword);
            }
        }
    }

    private void limit(String at, String keyword, JsonNode wide, JsonNode narrow, int sign) {
        boolean tighter = narrow.isNumber()
                && (!wide.isNumber() || narrow.decimalValue().compareTo(wide.decimalValue()) * sign > 0);
        boolean flag = narrow.isBoolean() && narrow.booleanValue() && !wide.asBoolean(); // OpenAPI 3.0
        if (tighter || flag) {
            add(at, "has a " + (sent ? "narrower " : "wider ") + keyword);
        }
    }

    private void required(String at, JsonNode wide, JsonNode narrow) {
        Set<String> added = new LinkedHashSet<>();
        narrow.path("required").forEach(name -> added.add(name.asText()));
        wide.path("required").forEach(name -> added.remove(name.asText()));
        if (!added.isEmpty()) {
            add(at, (sent ? "requires " : "may now lack ") + String.join(", ", added));
        }
    }

    private void properties(String at, JsonNode old, JsonNode now) {
        JsonNode former = old.path("additionalProperties");
        JsonNode others = now.path("additionalProperties");
        JsonNode properties = now.path("properties");
        for (Map.Entry<String, JsonNode> property : old.path("properties").properties()) {
            String place = at + "." + property.getKey();
            if (properties.has(property.getKey())) {
                compare(place, property.getValue(), properties.path(property.getKey()));
            } else if (!sent || isClosed(now)) {
                add(place, "is gone");
            } else if (others.isObject()) {
                compare(place, property.getValue(), others);
            }
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (former.isObject() && !old.path("properties").has(property.getKey())) {
                compare(at + "." + property.getKey(), former, property.getValue());
            }
        }
        if (sent && isClosed(now) && !isClosed(old)) {
            add(at, "takes no other properties");
        } else if (!isClosed(now) && !isClosed(old) && (former.isObject() || others.isObject())) {
            compare(at + ".*", former, others);
        }
    }

    private static boolean isClosed(JsonNode schema) {
        JsonNode others = schema.path("additionalProperties");
        return others.isBoolean() && !others.booleanValue();
    }

    private void choices(String at, String keyword, JsonNode old, JsonNode now) {
        if (old.size() != now.size()) {
            add(at, keyword + " has " + now.size() + " schemas, had " + old.size() + ", which is not looked into");
            return;
        }
        for (int i = 0; i < old.size(); i++) {
            compare(at + "/" + keyword + "/" + i, old.get(i), now.get(i));
        }
    }

    private void add(String at, String what) {
        found.add(at + " " + what);
    }
}
