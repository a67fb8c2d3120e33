package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and checks bodies of one media type. Immutable. */
final class BodyCheck {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RequestBody body;
    private final @Nullable Schema schema;
    private final Map<String, TextDecoder> fields = new HashMap<>();
    private final Map<TextPattern, TextDecoder> patterns = new LinkedHashMap<>();
    private TextDecoder others = TextDecoder.TEXT;

    BodyCheck(RequestBody body, @Nullable Schema schema) {
        this.body = body;
        this.schema = schema;
        if (schema != null && (body.kind() == RequestBody.Kind.FORM || body.kind() == RequestBody.Kind.MULTIPART)) {
            collect(schema, schema.root(), new IdentityHashMap<>());
        }
    }

    /** Finds the types of all fields, wherever the schema speaks of them; each part of it is looked at once. */
    private void collect(Schema schema, JsonNode part, IdentityHashMap<JsonNode, Boolean> seen) {
        JsonNode root = schema.root();
        if (!part.isObject() || seen.put(part, true) != null) {
            return;
        }
        if (part.has("$ref")) {
            collect(schema, TextType.target(part, root), seen);
            return;
        }
        part.path("properties")
                .properties()
                .forEach(field -> fields.putIfAbsent(field.getKey(), TextDecoder.of(field.getValue(), root)));
        part.path("patternProperties")
                .properties()
                .forEach(field -> patterns.put(schema.pattern(field.getKey()), TextDecoder.of(field.getValue(), root)));
        if (part.path("additionalProperties").isObject() && others.equals(TextDecoder.TEXT)) {
            others = TextDecoder.of(part.get("additionalProperties"), root);
        }
        for (String combiner : List.of("allOf", "anyOf", "oneOf")) {
            part.path(combiner).forEach(more -> collect(schema, more, seen));
        }
        for (String branch : List.of("if", "then", "else")) {
            collect(schema, part.path(branch), seen);
        }
    }

    RequestBody.Kind kind() {
        return body.kind();
    }

    /**
     * Reads a body.
     *
     * @return the value; null if there was nothing to read
     * @throws Refusal if it cannot be looked at
     */
    @Nullable
    JsonNode read(Context ctx, long limit) throws Refusal {
        if (body.kind() == RequestBody.Kind.MULTIPART) {
            return MultipartFields.read(ctx, this, limit);
        }
        byte[] bytes = RequestBytes.read(ctx, limit);
        if (bytes.length == 0) {
            return null;
        }
        return body.kind() == RequestBody.Kind.JSON ? StrictJson.read(bytes) : form(FormText.parse(bytes));
    }

    private JsonNode form(Map<String, List<String>> texts) {
        ObjectNode object = NODES.objectNode();
        texts.forEach((name, values) -> object.set(name, field(name, values)));
        return object;
    }

    private TextDecoder decoder(String name) {
        TextDecoder named = fields.get(name);
        if (named != null) {
            return named;
        }
        for (Map.Entry<TextPattern, TextDecoder> pattern : patterns.entrySet()) {
            if (pattern.getKey().find(name)) {
                return pattern.getValue();
            }
        }
        return others;
    }

    /** The value of a field; one that came twice is an array, which the schema of a single value refuses. */
    JsonNode field(String name, List<String> values) {
        TextDecoder decoder = decoder(name);
        return decoder.array() || values.size() > 1 ? decoder.decode(values) : decoder.decode(values.get(0));
    }

    /** The value of files of one name. */
    JsonNode files(String name, ArrayNode files) {
        TextDecoder decoder = decoder(name);
        return decoder.array() || files.size() > 1 ? files : files.get(0);
    }

    void check(JsonNode value, Findings findings) {
        if (schema != null) {
            for (Violation violation : schema.validate(value)) {
                findings.add(violation.toFieldError());
            }
        }
    }
}
