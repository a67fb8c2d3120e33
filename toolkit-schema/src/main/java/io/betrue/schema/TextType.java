package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type of JSON, as far as texts in requests can stand for it. */
enum TextType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY,
    OBJECT,
    NULL;

    /**
     * Finds the types that a schema allows.
     *
     * @param schema the schema, a part of the root
     * @param root where {@code $ref} leads to
     * @return the types, or null if the schema does not say
     */
    static @Nullable Set<TextType> of(JsonNode schema, JsonNode root) {
        return of(schema, root, new IdentityHashMap<>());
    }

    /** Looks at each part of the schema once: references may lead in circles, or to one part from a thousand places. */
    private static @Nullable Set<TextType> of(
            JsonNode schema, JsonNode root, IdentityHashMap<JsonNode, Set<TextType>> seen) {
        if (!schema.isObject()) {
            return null;
        }
        if (seen.containsKey(schema)) {
            Set<TextType> known = seen.get(schema);
            return known == null || known.isEmpty() ? null : known;
        }
        seen.put(schema, EnumSet.noneOf(TextType.class));
        Set<TextType> types = schema.has("$ref") ? of(target(schema, root), root, seen) : all(schema, root, seen);
        if (types != null) {
            seen.put(schema, types);
        }
        return types;
    }

    private static @Nullable Set<TextType> all(
            JsonNode schema, JsonNode root, IdentityHashMap<JsonNode, Set<TextType>> seen) {
        Set<TextType> types = own(schema);
        for (JsonNode part : schema.path("allOf")) {
            types = both(types, of(part, root, seen));
        }
        types = both(types, any(schema.path("anyOf"), root, seen));
        return both(types, any(schema.path("oneOf"), root, seen));
    }

    /**
     * Finds what a schema says of the items of an array.
     *
     * @param schema the schema, a part of the root
     * @param root where {@code $ref} leads to
     * @return the first part of it that speaks of {@code items}; a missing node if none does
     */
    static JsonNode withItems(JsonNode schema, JsonNode root) {
        Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
        while (!open.isEmpty()) {
            JsonNode part = open.pop();
            if (part.has("$ref")) {
                part = target(part, root);
            }
            if (part.has("items")) {
                return part;
            }
            if (seen.add(part)) {
                for (String combiner : List.of("allOf", "anyOf", "oneOf")) {
                    part.path(combiner).forEach(open::add);
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** The schema that a reference leads to; references of a bundle are local. */
    static JsonNode target(JsonNode schema, JsonNode root) {
        String ref = schema.path("$ref").asText();
        return ref.startsWith("#/") || ref.equals("#") ? root.at(ref.substring(1)) : MissingNode.getInstance();
    }

    private static @Nullable Set<TextType> own(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<TextType> types = EnumSet.noneOf(TextType.class);
        if (type.isTextual()) {
            named(type, types);
        } else if (type.isArray()) {
            type.forEach(name -> named(name, types));
        } else if (schema.has("const")) {
            types.add(ofValue(schema.path("const")));
        } else {
            schema.path("enum").forEach(value -> types.add(ofValue(value)));
        }
        return types.isEmpty() ? null : types;
    }

    private static void named(JsonNode name, Set<TextType> types) {
        for (TextType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name.asText())) {
                types.add(type);
            }
        }
    }

    private static TextType ofValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case ARRAY -> ARRAY;
            case OBJECT -> OBJECT;
            case NUMBER -> value.isIntegralNumber() ? INTEGER : NUMBER;
            default -> NULL;
        };
    }

    private static @Nullable Set<TextType> any(
            JsonNode parts, JsonNode root, IdentityHashMap<JsonNode, Set<TextType>> seen) {
        Set<TextType> types = EnumSet.noneOf(TextType.class);
        for (JsonNode part : parts) {
            Set<TextType> more = of(part, root, seen);
            if (more == null) {
                return null;
            }
            types.addAll(more);
        }
        return types.isEmpty() ? null : types;
    }

    private static @Nullable Set<TextType> both(@Nullable Set<TextType> one, @Nullable Set<TextType> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<TextType> types = EnumSet.copyOf(one);
        types.retainAll(other);
        if ((one.contains(INTEGER) && other.contains(NUMBER)) || (one.contains(NUMBER) && other.contains(INTEGER))) {
            types.add(INTEGER);
        }
        return types.isEmpty() ? one : types;
    }
}
