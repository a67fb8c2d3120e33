package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.everit.json.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The keywords {@code oneOf} and {@code anyOf} where one member tells the alternatives apart: in each of them it may only have texts that it has in no other, so
 * that one look at it leaves a single alternative to be tried.
 */
final class DiscriminatorCheck extends Check {
    private final String member;
    private final Map<String, Verdict> byText;
    private final Verdict all;

    private DiscriminatorCheck(String member, Map<String, Verdict> byText, Verdict all) {
        this.member = member;
        this.byText = byText;
        this.all = all;
    }

    /**
     * {@return the alternatives as such a check, or as they are if no member tells them apart}
     *
     * @param bundle has the schemas
     * @param nodes the alternatives
     * @param schemas the same, built
     * @param all the same, combined
     */
    static Schema of(Bundle bundle, JsonNode nodes, List<Schema> schemas, Schema all) {
        List<JsonNode> alternatives = new ArrayList<>();
        nodes.forEach(node -> alternatives.add(bundle.follow(node)));
        for (Map.Entry<String, JsonNode> property :
                alternatives.get(0).path("properties").properties()) {
            Map<String, Verdict> byText = byText(bundle, alternatives, schemas, property.getKey());
            if (byText != null) {
                return new DiscriminatorCheck(property.getKey(), byText, new Verdict(all));
            }
        }
        return all;
    }

    private static @Nullable Map<String, Verdict> byText(
            Bundle bundle, List<JsonNode> alternatives, List<Schema> schemas, String member) {
        Map<String, Verdict> byText = new HashMap<>();
        for (int i = 0; i < alternatives.size(); i++) {
            JsonNode property = alternatives.get(i).path("properties").get(member);
            List<JsonNode> values = property == null ? List.of() : values(bundle, bundle.follow(property));
            if (values.isEmpty()) {
                return null;
            }
            Verdict verdict = new Verdict(schemas.get(i));
            for (JsonNode value : values) {
                if (!value.isTextual() || byText.put(value.textValue(), verdict) != null) {
                    return null;
                }
            }
        }
        return byText;
    }

    private static List<JsonNode> values(Bundle bundle, JsonNode property) {
        List<JsonNode> values = new ArrayList<>();
        if (bundle.draft() != Draft.DRAFT_4 && property.has("const")) {
            values.add(property.get("const"));
        } else {
            property.path("enum").forEach(values::add);
        }
        return values;
    }

    @Override
    boolean accepts(Object value) {
        JsonNode text = value instanceof Views.ObjectView object ? object.node().get(member) : null;
        if (text == null || !text.isTextual()) {
            return all.accepts(value);
        }
        Verdict meant = byText.get(text.textValue());
        return meant != null && meant.accepts(value);
    }
}
