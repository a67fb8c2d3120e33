package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads a schema of draft 4, 6 or 7 as a draft 7 schema that says the same, without anything that its own draft would ignore. */
final class SourceSchema {
    private static final Set<String> DRAFT_4 = Set.of(
            "title",
            "description",
            "default",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "items",
            "additionalItems",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "required",
            "properties",
            "patternProperties",
            "additionalProperties",
            "dependencies",
            "enum",
            "type",
            "format",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly");
    private static final Set<String> FLAGS = Set.of("deprecated", "readOnly", "writeOnly");
    private static final Set<String> DRAFT_6 = with(DRAFT_4, "const", "contains", "propertyNames", "examples");
    private static final Set<String> DRAFT_7 =
            with(DRAFT_6, "if", "then", "else", "contentMediaType", "contentEncoding");

    private final Set<String> known;
    private final boolean draft4;
    private final UnaryOperator<String> references;

    /**
     * @param draft 4, 6 or 7
     * @param references turns the target of a {@code $ref} into another
     */
    SourceSchema(int draft, UnaryOperator<String> references) {
        this.draft4 = draft == 4;
        this.known = draft4 ? DRAFT_4 : draft == 6 ? DRAFT_6 : DRAFT_7;
        this.references = references;
    }

    JsonNode read(JsonNode schema) {
        return read(schema, "");
    }

    private JsonNode read(JsonNode schema, String at) {
        if (!schema.isObject()) {
            return schema;
        }
        if (SchemaKeywords.isReference(schema)) {
            // what stands beside a $ref is ignored in these drafts, and would count in 2020-12
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("$ref", references.apply(schema.path("$ref").textValue()));
        }
        ObjectNode copy = SchemaKeywords.mapWithin((ObjectNode) schema, at, this::read);
        copy.properties().removeIf(member -> !counts(member.getKey(), member.getValue()));
        if (draft4) {
            exclusive(copy, "exclusiveMinimum", "minimum");
            exclusive(copy, "exclusiveMaximum", "maximum");
        }
        return copy;
    }

    private boolean counts(String keyword, JsonNode value) {
        boolean odd = FLAGS.contains(keyword) && !value.isBoolean();
        return !odd && (known.contains(keyword) || keyword.startsWith("x-"));
    }

    /** In draft 4 the keyword says whether the limit itself is out; later it is a limit of its own. */
    private static void exclusive(ObjectNode schema, String keyword, String limit) {
        JsonNode flag = schema.remove(keyword);
        if (flag != null && flag.asBoolean() && schema.has(limit)) {
            schema.set(keyword, schema.remove(limit));
        }
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
