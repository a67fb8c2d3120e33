package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** OpenAPI 3.1 has JSON Schema 2020-12, which can say all that draft 7 can: only names have changed. */
final class Schema31 implements Dialect {
    @Override
    public JsonNode schema(String name, JsonNode schema, List<String> losses) {
        return convert(schema, "");
    }

    private JsonNode convert(JsonNode schema, String at) {
        if (schema.isBoolean()) {
            // true and false are schemas in 2020-12, but tools know them only here
            boolean usual = at.endsWith("/additionalProperties") || at.endsWith("/additionalItems");
            return usual ? schema : SchemaKeywords.object(schema.booleanValue());
        }
        if (!schema.isObject() || SchemaKeywords.isReference(schema)) {
            return schema;
        }
        ObjectNode copy = SchemaKeywords.mapWithin((ObjectNode) schema, at, this::convert);
        tuple(copy);
        dependencies(copy);
        return copy;
    }

    private static void tuple(ObjectNode schema) {
        JsonNode rest = schema.remove("additionalItems");
        if (schema.path("items").isArray()) {
            schema.set("prefixItems", schema.remove("items"));
            if (rest != null) {
                schema.set("items", rest);
            }
            if (schema.path("prefixItems").isEmpty()) {
                schema.remove("prefixItems");
            }
        }
    }

    private static void dependencies(ObjectNode schema) {
        JsonNode dependencies = schema.remove("dependencies");
        if (dependencies == null) {
            return;
        }
        ObjectNode required = schema.objectNode();
        ObjectNode schemas = schema.objectNode();
        for (Map.Entry<String, JsonNode> entry : dependencies.properties()) {
            (entry.getValue() instanceof ArrayNode ? required : schemas).set(entry.getKey(), entry.getValue());
        }
        if (!required.isEmpty()) {
            schema.set("dependentRequired", required);
        }
        if (!schemas.isEmpty()) {
            schema.set("dependentSchemas", schemas);
        }
    }
}
