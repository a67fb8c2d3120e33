package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Says what is wrong with an object. */
final class ObjectExplainer {
    private final Explainer explainer;
    private final Draft draft;
    private final Words words;

    ObjectExplainer(Explainer explainer, Draft draft, Words words) {
        this.explainer = explainer;
        this.draft = draft;
        this.words = words;
    }

    void explain(JsonNode schema, JsonNode object, String pointer) {
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.textValue())) {
                missing(name.textValue(), pointer);
            }
        }
        explainer.count(schema, "minProperties", object.size(), pointer);
        explainer.count(schema, "maxProperties", object.size(), pointer);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode value = object.get(property.getKey());
            if (value != null) {
                explainer.explain(property.getValue(), value, Pointers.child(pointer, property.getKey()));
            }
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            member(schema, member.getKey(), member.getValue(), Pointers.child(pointer, member.getKey()));
        }
        for (Map.Entry<String, JsonNode> dependency :
                schema.path("dependencies").properties()) {
            if (object.has(dependency.getKey())) {
                dependency(dependency.getKey(), dependency.getValue(), object, pointer);
            }
        }
    }

    private void missing(String name, String pointer) {
        explainer.add(Pointers.child(pointer, name), "required", Map.of("required", name), "is missing");
    }

    private void member(JsonNode schema, String name, JsonNode value, String pointer) {
        boolean known = schema.path("properties").has(name);
        for (Map.Entry<String, JsonNode> pattern :
                schema.path("patternProperties").properties()) {
            if (words.pattern(pattern.getKey()).find(name)) {
                known = true;
                explainer.explain(pattern.getValue(), value, pointer);
            }
        }
        JsonNode more = schema.get("additionalProperties");
        if (!known && more != null) {
            if (more.isBoolean() && !more.booleanValue()) {
                explainer.add(pointer, "additionalProperties", Map.of(), "is not a known member");
            } else {
                explainer.explain(more, value, pointer);
            }
        }
        if (draft != Draft.DRAFT_4 && schema.has("propertyNames")) {
            Violation violation = explainer.name(schema.get("propertyNames"), name);
            if (violation != null) {
                explainer.add(
                        pointer, "propertyNames", violation.parameters(), "has a name that " + violation.message());
            }
        }
    }

    private void dependency(String name, JsonNode needed, JsonNode object, String pointer) {
        if (!needed.isArray()) {
            explainer.explain(needed, object, pointer);
            return;
        }
        for (JsonNode other : needed) {
            if (!object.has(other.textValue())) {
                explainer.add(
                        Pointers.child(pointer, other.textValue()),
                        "dependencies",
                        Map.of("required", other.textValue(), "because", name),
                        "is missing, and needed beside \"" + name + "\"");
            }
        }
    }
}
