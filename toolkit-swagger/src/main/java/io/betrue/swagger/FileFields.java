package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a multipart body. The schema that checks one speaks of an object with name, type and size; OpenAPI speaks of the bytes that a client sends. No
 * other field of such a body is an object.
 */
final class FileFields {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 20;
    private static final Set<String> COMBINERS = Set.of("allOf", "anyOf", "oneOf");
    private static final List<String> OF_A_FILE = List.of("filename", "contentType", "size");

    private final JsonNode root;

    private FileFields(JsonNode root) {
        this.root = root;
    }

    /** A schema with bytes for its files; the same schema if it speaks of none. */
    static JsonNode asBytes(JsonNode root) {
        return new FileFields(root).body(root, 0);
    }

    private JsonNode body(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > DEEPEST) {
            return schema;
        }
        if (SchemaKeywords.isReference(schema)) {
            JsonNode target = target(schema);
            JsonNode changed = body(target, depth + 1);
            return changed.equals(target) ? schema : changed;
        }
        boolean changed = false;
        ObjectNode copy = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            JsonNode value = member.getValue();
            JsonNode now = value;
            if (COMBINERS.contains(member.getKey())) {
                now = JSON.arrayNode()
                        .addAll(value.valueStream()
                                .map(inner -> body(inner, depth + 1))
                                .toList());
            } else if (member.getKey().equals("properties")) {
                ObjectNode fields = JSON.objectNode();
                value.properties().forEach(field -> fields.set(field.getKey(), field(field.getValue())));
                now = fields;
            }
            changed |= !now.equals(value);
            copy.set(member.getKey(), now);
        }
        return changed ? copy : schema;
    }

    private JsonNode field(JsonNode schema) {
        JsonNode field = resolved(schema);
        if (isFile(field)) {
            return with(field, List.of("title", "description"), bytes());
        }
        JsonNode item = resolved(field.path("items"));
        if (isFile(item)) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            list.set("items", with(item, List.of("title", "description"), bytes()));
            return with(field, List.of("title", "description", "minItems", "maxItems"), list);
        }
        return schema;
    }

    private static ObjectNode bytes() {
        return JSON.objectNode().put("type", "string").put("format", "binary");
    }

    private static ObjectNode with(JsonNode from, List<String> keywords, ObjectNode to) {
        for (String keyword : keywords) {
            if (from.has(keyword)) {
                to.set(keyword, from.get(keyword));
            }
        }
        return to;
    }

    private static boolean isFile(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isMissingNode()
                ? OF_A_FILE.stream().anyMatch(schema.path("properties")::has)
                : type.asText().equals("object")
                        || type.valueStream().anyMatch(name -> name.asText().equals("object"));
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode at = schema;
        for (int i = 0; i < DEEPEST && SchemaKeywords.isReference(at); i++) {
            at = target(at);
        }
        return at;
    }

    private JsonNode target(JsonNode reference) {
        return root.at(Components.pointer(reference.path("$ref").textValue()));
    }
}
