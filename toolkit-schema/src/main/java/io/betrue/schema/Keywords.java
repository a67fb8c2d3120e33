package io.betrue.schema;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keywords of each draft, and what their values look like. */
final class Keywords {
    /** What the value of a keyword looks like. */
    enum Shape {
        ANY,
        TEXT,
        FLAG,
        NUMBER,
        POSITIVE,
        COUNT,
        LIST,
        TYPES,
        NAMES,
        VALUES,
        PATTERN,
        FORMAT,
        SCHEMA,
        SCHEMA_OR_FLAG,
        SCHEMA_LIST,
        SCHEMA_OR_LIST,
        SCHEMA_MAP,
        PATTERN_MAP,
        DEPENDENCY_MAP
    }

    /** Keywords of drafts after 7, which would be ignored in silence. */
    static final Set<String> LATER = Set.of(
            "dependentRequired",
            "dependentSchemas",
            "maxContains",
            "minContains",
            "prefixItems",
            "unevaluatedItems",
            "unevaluatedProperties",
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "$recursiveAnchor",
            "$recursiveRef",
            "$vocabulary");

    /** Keywords of others that look like ours. */
    static final Set<String> NEIGHBOURS = Set.of("example", "$defs", "deprecated", "nullable");

    private static final Map<Draft, Map<String, Shape>> TABLE = new EnumMap<>(Draft.class);

    static {
        Map<String, Shape> words = new LinkedHashMap<>();
        words.put("$schema", Shape.TEXT);
        words.put("$ref", Shape.TEXT);
        words.put("title", Shape.TEXT);
        words.put("description", Shape.TEXT);
        words.put("default", Shape.ANY);
        words.put("definitions", Shape.SCHEMA_MAP);
        words.put("type", Shape.TYPES);
        words.put("enum", Shape.VALUES);
        words.put("multipleOf", Shape.POSITIVE);
        words.put("maximum", Shape.NUMBER);
        words.put("minimum", Shape.NUMBER);
        words.put("maxLength", Shape.COUNT);
        words.put("minLength", Shape.COUNT);
        words.put("pattern", Shape.PATTERN);
        words.put("format", Shape.FORMAT);
        words.put("items", Shape.SCHEMA_OR_LIST);
        words.put("maxItems", Shape.COUNT);
        words.put("minItems", Shape.COUNT);
        words.put("uniqueItems", Shape.FLAG);
        words.put("maxProperties", Shape.COUNT);
        words.put("minProperties", Shape.COUNT);
        words.put("required", Shape.NAMES);
        words.put("properties", Shape.SCHEMA_MAP);
        words.put("patternProperties", Shape.PATTERN_MAP);
        words.put("dependencies", Shape.DEPENDENCY_MAP);
        words.put("allOf", Shape.SCHEMA_LIST);
        words.put("anyOf", Shape.SCHEMA_LIST);
        words.put("oneOf", Shape.SCHEMA_LIST);
        words.put("not", Shape.SCHEMA);
        TABLE.put(Draft.DRAFT_4, with(words, draft4()));
        words.put("$id", Shape.TEXT);
        words.put("const", Shape.ANY);
        words.put("contains", Shape.SCHEMA);
        words.put("propertyNames", Shape.SCHEMA);
        words.put("examples", Shape.LIST);
        words.put("additionalItems", Shape.SCHEMA);
        words.put("additionalProperties", Shape.SCHEMA);
        words.put("exclusiveMaximum", Shape.NUMBER);
        words.put("exclusiveMinimum", Shape.NUMBER);
        TABLE.put(Draft.DRAFT_6, Map.copyOf(words));
        words.put("$comment", Shape.TEXT);
        words.put("if", Shape.SCHEMA);
        words.put("then", Shape.SCHEMA);
        words.put("else", Shape.SCHEMA);
        words.put("readOnly", Shape.FLAG);
        words.put("writeOnly", Shape.FLAG);
        words.put("contentEncoding", Shape.TEXT);
        words.put("contentMediaType", Shape.TEXT);
        TABLE.put(Draft.DRAFT_7, Map.copyOf(words));
    }

    private Keywords() {}

    private static Map<String, Shape> draft4() {
        return Map.of(
                "id", Shape.TEXT,
                "additionalItems", Shape.SCHEMA_OR_FLAG,
                "additionalProperties", Shape.SCHEMA_OR_FLAG,
                "exclusiveMaximum", Shape.FLAG,
                "exclusiveMinimum", Shape.FLAG);
    }

    private static Map<String, Shape> with(Map<String, Shape> words, Map<String, Shape> more) {
        Map<String, Shape> all = new LinkedHashMap<>(words);
        all.putAll(more);
        return Map.copyOf(all);
    }

    /** {@return the keywords of a draft} */
    static Map<String, Shape> of(Draft draft) {
        return java.util.Objects.requireNonNull(TABLE.get(draft));
    }

    /** {@return the keywords under which a schema holds schemas for the same value} */
    static List<String> sameValue() {
        return List.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependencies");
    }
}
