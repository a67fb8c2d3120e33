package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says why a value is not valid. It walks through schema and value side by side and asks the model wherever one schema depends on whether another is met, so
 * that it cannot come to another verdict. Used once.
 */
final class Explainer {
    private final Bundle bundle;
    private final Model model;
    private final Words words;
    private final Limits limits;
    private final Run run;
    private final Set<Violation> found = new LinkedHashSet<>();
    private final IdentityHashMap<JsonNode, Set<String>> explained = new IdentityHashMap<>();

    Explainer(Bundle bundle, Model model, Words words, Limits limits, Run run) {
        this.bundle = bundle;
        this.model = model;
        this.words = words;
        this.limits = limits;
        this.run = run;
    }

    /** {@return what does not fit; at least one violation, since the value is known not to be valid} */
    List<Violation> explain(JsonNode value) {
        explain(bundle.root(), value, "");
        if (found.isEmpty()) {
            add("", "schema", Map.of(), "is not valid");
        }
        return List.copyOf(found);
    }

    void add(String pointer, String keyword, Map<String, @Nullable Object> parameters, String message) {
        if (found.size() < limits.violations()) {
            found.add(new Violation(pointer, keyword, parameters, message));
        }
    }

    /** Adds a violation whose text follows from the keyword. */
    private void add(String pointer, String keyword, JsonNode wanted) {
        add(pointer, keyword, Map.of(keyword, Plain.of(wanted)), Messages.of(keyword, wanted));
    }

    boolean accepts(JsonNode schema, JsonNode value) {
        return model.accepts(schema, value, run);
    }

    int types(JsonNode value) {
        return Types.of(value, model.wholeDecimals());
    }

    /** {@return the schema that a chain of references ends at} */
    JsonNode follow(JsonNode schema) {
        return bundle.follow(schema);
    }

    void explain(JsonNode reference, JsonNode value, String pointer) {
        JsonNode schema = follow(reference);
        // what two ways lead to is explained once, or each level could double the time
        boolean before = value.isContainerNode()
                && !explained.computeIfAbsent(schema, key -> new HashSet<>()).add(pointer);
        if (before || found.size() >= limits.violations()) {
            return;
        }
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                add(pointer, "false", Map.of(), "is not allowed");
            }
            return;
        }
        int types = types(value);
        if ((Types.mask(schema) & types) == 0) {
            add(pointer, "type", schema.get("type"));
            return;
        }
        values(schema, value, pointer);
        if ((types & Types.STRING) != 0) {
            string(schema, value.asText(), pointer);
        } else if ((types & Types.NUMBER) != 0) {
            number(schema, value, pointer);
        } else if (types == Types.ARRAY) {
            new ArrayExplainer(this, bundle.draft(), limits).explain(schema, value, pointer);
        } else if (types == Types.OBJECT) {
            new ObjectExplainer(this, bundle.draft(), words).explain(schema, value, pointer);
        }
        combinations(schema, value, pointer);
    }

    private void values(JsonNode schema, JsonNode value, String pointer) {
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            add(pointer, "enum", schema.get("enum"));
        }
        boolean constant = bundle.draft() != Draft.DRAFT_4 && schema.has("const");
        if (constant && !JsonValue.equal(schema.get("const"), value)) {
            add(pointer, "const", schema.get("const"));
        }
    }

    static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (JsonValue.equal(one, value)) {
                return true;
            }
        }
        return false;
    }

    private void string(JsonNode schema, String text, String pointer) {
        int length = text.codePointCount(0, text.length());
        count(schema, "minLength", length, pointer);
        count(schema, "maxLength", length, pointer);
        if (schema.has("pattern")
                && !words.pattern(schema.get("pattern").textValue()).find(text)) {
            add(pointer, "pattern", schema.get("pattern"));
        }
        TextPattern format = words.format(schema.path("format").asText());
        if (format != null && !format.find(text)) {
            add(pointer, "format", schema.get("format"));
        }
    }

    /** Adds a violation if a count is too low for a keyword that starts with min, or too high for one with max. */
    void count(JsonNode schema, String keyword, int count, String pointer) {
        if (schema.has(keyword)) {
            int limit = TypedSchemas.count(schema.get(keyword));
            if (keyword.startsWith("min") ? count < limit : count > limit) {
                add(pointer, keyword, schema.get(keyword));
            }
        }
    }

    private void number(JsonNode schema, JsonNode value, String pointer) {
        for (String keyword : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
            JsonNode limit = schema.get(keyword);
            if (limit == null || !limit.isNumber()) {
                continue;
            }
            int sign = value.decimalValue().compareTo(limit.decimalValue()) * (keyword.endsWith("inimum") ? 1 : -1);
            String exclusive = keyword.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum";
            boolean strict =
                    keyword.startsWith("exclusive") || schema.path(exclusive).booleanValue();
            if (sign < 0 || (sign == 0 && strict)) {
                add(pointer, strict ? exclusive(keyword) : keyword, limit);
            }
        }
        JsonNode step = schema.get("multipleOf");
        if (step != null && value.decimalValue().remainder(step.decimalValue()).signum() != 0) {
            add(pointer, "multipleOf", step);
        }
    }

    private static String exclusive(String keyword) {
        return keyword.equals("minimum")
                ? "exclusiveMinimum"
                : keyword.equals("maximum") ? "exclusiveMaximum" : keyword;
    }

    private void combinations(JsonNode schema, JsonNode value, String pointer) {
        for (JsonNode part : schema.path("allOf")) {
            explain(part, value, pointer);
        }
        if (schema.has("anyOf")) {
            new BranchExplainer(this).explain("anyOf", schema.get("anyOf"), value, pointer);
        }
        if (schema.has("oneOf")) {
            new BranchExplainer(this).explain("oneOf", schema.get("oneOf"), value, pointer);
        }
        if (schema.has("not") && accepts(schema.get("not"), value)) {
            add(pointer, "not", Map.of(), "is what must not be");
        }
        if (bundle.draft() == Draft.DRAFT_7 && schema.has("if") && (schema.has("then") || schema.has("else"))) {
            JsonNode next = schema.get(accepts(schema.get("if"), value) ? "then" : "else");
            if (next != null) {
                explain(next, value, pointer);
            }
        }
    }

    /** {@return what is wrong with the name of a member} */
    @Nullable
    Violation name(JsonNode schema, String name) {
        JsonNode text = TextNode.valueOf(name);
        return accepts(schema, text) ? null : new Explainer(bundle, model, words, limits, run).name(schema, text);
    }

    private Violation name(JsonNode schema, JsonNode name) {
        explain(schema, name, "");
        return found.isEmpty()
                ? new Violation("", "schema", Map.of(), "is not valid")
                : found.iterator().next();
    }
}
