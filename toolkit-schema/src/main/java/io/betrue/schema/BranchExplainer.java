package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a value of several alternatives: it finds the one that was meant, by a member that tells them apart or by what fits best, and explains
 * that one alone.
 */
final class BranchExplainer {
    private static final int DEEPEST = 8;

    private final Explainer explainer;

    BranchExplainer(Explainer explainer) {
        this.explainer = explainer;
    }

    void explain(String keyword, JsonNode branches, JsonNode value, String pointer) {
        List<Integer> matches = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            if (explainer.accepts(branches.get(i), value)) {
                matches.add(i);
            }
        }
        if (matches.isEmpty()) {
            none(branches, value, pointer);
        } else if (keyword.equals("oneOf") && matches.size() > 1) {
            explainer.add(
                    pointer,
                    "oneOf",
                    Map.of("matches", matches),
                    "must fit exactly one of " + branches.size() + " alternatives, and fits " + matches.size());
        }
    }

    private void none(JsonNode branches, JsonNode value, String pointer) {
        int types = explainer.types(value);
        Set<String> wanted = new LinkedHashSet<>();
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode branch : branches) {
            JsonNode schema = explainer.follow(branch);
            if ((Types.mask(schema) & types) != 0) {
                candidates.add(schema);
            }
            names(schema.path("type"), wanted);
        }
        if (candidates.isEmpty()) {
            type(wanted, pointer);
        } else if (candidates.size() == 1) {
            explainer.explain(candidates.get(0), value, pointer);
        } else if (!constants(candidates, value, pointer) && !discriminated(candidates, value, pointer)) {
            explainer.explain(best(candidates, value), value, pointer);
        }
    }

    private static void names(JsonNode type, Set<String> into) {
        if (type.isTextual()) {
            into.add(type.textValue());
        }
        type.forEach(name -> into.add(name.asText()));
    }

    private void type(Set<String> wanted, String pointer) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        wanted.forEach(names::add);
        explainer.add(pointer, "type", Map.of("type", List.copyOf(wanted)), Messages.of("type", names));
    }

    /** Handles alternatives that are nothing but values. */
    private boolean constants(List<JsonNode> candidates, JsonNode value, String pointer) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode candidate : candidates) {
            ArrayNode values = values(candidate);
            if (values == null) {
                return false;
            }
            all.addAll(values);
        }
        if (Explainer.contains(all, value)) {
            return false;
        }
        explainer.add(pointer, "enum", Map.of("enum", Plain.of(all)), Messages.of("enum", all));
        return true;
    }

    private static @Nullable ArrayNode values(@Nullable JsonNode schema) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        if (schema != null && schema.has("const")) {
            values.add(schema.get("const"));
        } else if (schema != null && schema.has("enum")) {
            schema.get("enum").forEach(values::add);
        } else {
            return null;
        }
        return values;
    }

    /** Handles alternatives in all of which one member has values of its own. */
    private boolean discriminated(List<JsonNode> candidates, JsonNode value, String pointer) {
        Set<String> names = new LinkedHashSet<>();
        propertyNames(candidates.get(0), names, 0);
        for (String name : names) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            List<JsonNode> meant = new ArrayList<>();
            boolean everywhere = true;
            for (JsonNode candidate : candidates) {
                ArrayNode values = values(property(candidate, name, 0));
                everywhere &= values != null;
                if (values != null) {
                    all.addAll(values);
                    if (value.has(name) && Explainer.contains(values, value.get(name))) {
                        meant.add(candidate);
                    }
                }
            }
            if (everywhere && meant.size() < candidates.size()) {
                tell(name, all, meant, value, pointer);
                return true;
            }
        }
        return false;
    }

    private void tell(String name, ArrayNode all, List<JsonNode> meant, JsonNode value, String pointer) {
        String member = Pointers.child(pointer, name);
        if (!value.has(name)) {
            explainer.add(member, "required", Map.of("required", name, "enum", Plain.of(all)), "is missing");
        } else if (meant.isEmpty()) {
            explainer.add(member, "enum", Map.of("enum", Plain.of(all)), Messages.of("enum", all));
        } else {
            explainer.explain(meant.size() == 1 ? meant.get(0) : best(meant, value), value, pointer);
        }
    }

    private void propertyNames(JsonNode schema, Set<String> into, int depth) {
        schema.path("properties").fieldNames().forEachRemaining(into::add);
        for (JsonNode part : schema.path("allOf")) {
            if (depth < DEEPEST) {
                propertyNames(explainer.follow(part), into, depth + 1);
            }
        }
    }

    private @Nullable JsonNode property(JsonNode schema, String name, int depth) {
        JsonNode property = schema.path("properties").get(name);
        if (property != null) {
            return explainer.follow(property);
        }
        for (JsonNode part : schema.path("allOf")) {
            JsonNode inner = depth < DEEPEST ? property(explainer.follow(part), name, depth + 1) : null;
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    /** {@return the alternative that most members fit, least are missing from and least are unknown to; the first of equals} */
    private JsonNode best(List<JsonNode> candidates, JsonNode value) {
        JsonNode best = candidates.get(0);
        int most = Integer.MIN_VALUE;
        for (JsonNode candidate : candidates) {
            int score = value.isObject() ? score(candidate, value) : 0;
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private int score(JsonNode candidate, JsonNode value) {
        int score = 0;
        for (JsonNode name : candidate.path("required")) {
            score += value.has(name.asText()) ? 1 : -2;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode property = property(candidate, member.getKey(), 0);
            if (property != null) {
                score += explainer.accepts(property, member.getValue()) ? 2 : -1;
            } else if (candidate.has("additionalProperties")
                    && !candidate.get("additionalProperties").booleanValue()) {
                score -= 1;
            }
        }
        return score;
    }
}
