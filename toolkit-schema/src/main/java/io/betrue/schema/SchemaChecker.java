package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the keywords of one schema, not of those within. */
final class SchemaChecker {
    private final Words words;
    private final Faults faults;

    SchemaChecker(Words words, Faults faults) {
        this.words = words;
        this.faults = faults;
    }

    void check(Place place) {
        Draft draft = place.document().draft();
        if (place.node().isBoolean()) {
            if (draft == Draft.DRAFT_4 && isSchemaOnly(place)) {
                fault(place, "is a boolean; in draft 4 a schema is an object");
            }
            return;
        }
        if (place.node().has("$ref")) {
            if (!place.node().get("$ref").isTextual()) {
                fault(place.child("$ref", place.node().get("$ref")), "must be a string");
            }
            return;
        }
        Map<String, Keywords.Shape> table = Keywords.of(draft);
        for (Map.Entry<String, JsonNode> member : place.node().properties()) {
            Place at = place.child(member.getKey(), member.getValue());
            Keywords.Shape shape = table.get(member.getKey());
            if (shape == null) {
                unknown(at, member.getKey(), draft, table.keySet());
            } else {
                String message = message(shape, at);
                if (message != null) {
                    fault(at, message);
                }
            }
        }
        if (place.node().has("$schema")) {
            subDraft(place);
        }
    }

    private static boolean isSchemaOnly(Place place) {
        return !place.pointer().endsWith("/additionalItems") && !place.pointer().endsWith("/additionalProperties");
    }

    private void subDraft(Place place) {
        if (!place.pointer().isEmpty()
                && Draft.of(place.node().path("$schema").asText())
                        != place.document().draft()) {
            fault(
                    place.child("$schema", place.node()),
                    "names another draft than the document has; give it a document of its own");
        }
    }

    private void unknown(Place at, String keyword, Draft draft, Collection<String> known) {
        if (Keywords.NEIGHBOURS.contains(keyword) || keyword.startsWith("x-")) {
            return;
        }
        String close = Similar.misspelt(keyword, known);
        if (Keywords.LATER.contains(keyword)) {
            fault(at, "is a keyword of a later draft, which this schema would not obey");
        } else if (close != null) {
            fault(at, "is no keyword; did you mean \"" + close + "\"?");
        } else if (draft != Draft.DRAFT_7 && Keywords.of(Draft.DRAFT_7).containsKey(keyword) && isAssertion(keyword)) {
            fault(at, "is a keyword of a later draft than " + draft.uri() + ", which this schema would not obey");
        }
    }

    private static boolean isAssertion(String keyword) {
        return Set.of("const", "contains", "propertyNames", "if", "then", "else")
                .contains(keyword);
    }

    private @Nullable String message(Keywords.Shape shape, Place at) {
        JsonNode value = at.node();
        return switch (shape) {
            case ANY -> null;
            case TEXT -> value.isTextual() ? null : "must be a string";
            case FLAG -> value.isBoolean() ? null : "must be true or false";
            case NUMBER -> value.isNumber() ? null : "must be a number";
            case POSITIVE -> value.isNumber() && value.decimalValue().signum() > 0 ? null : "must be a number above 0";
            case COUNT -> isCount(value) ? null : "must be a whole number, 0 or more";
            case LIST -> value.isArray() ? null : "must be an array";
            case VALUES -> values(value, at.document().draft());
            case TYPES -> types(value);
            case NAMES -> names(value, at.document().draft());
            case PATTERN -> value.isTextual() ? pattern(value.textValue()) : "must be a string";
            case FORMAT -> value.isTextual() ? format(value.textValue()) : "must be a string";
            case SCHEMA -> isSchema(value) ? null : "must be a schema: an object or a boolean";
            case SCHEMA_OR_FLAG -> isSchema(value) ? null : "must be a schema, true or false";
            case SCHEMA_LIST ->
                isSchemaList(value) && !value.isEmpty() ? null : "must be an array of at least one schema";
            case SCHEMA_OR_LIST ->
                isSchema(value) || isSchemaList(value) ? null : "must be a schema or an array of schemas";
            case SCHEMA_MAP -> isSchemaMap(value) ? null : "must be an object of schemas";
            case PATTERN_MAP -> patterns(at);
            case DEPENDENCY_MAP -> dependencies(at);
        };
    }

    private static boolean isCount(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0 && Views.isWhole(value.decimalValue());
    }

    private static @Nullable String values(JsonNode value, Draft draft) {
        if (!value.isArray()) {
            return "must be an array";
        }
        return value.isEmpty() && draft == Draft.DRAFT_4 ? "must have at least one value" : null;
    }

    private static @Nullable String types(JsonNode value) {
        Set<String> seen = new HashSet<>();
        List<JsonNode> all = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else {
            all.add(value);
        }
        for (JsonNode one : all) {
            if (!one.isTextual() || !Types.NAMES.contains(one.textValue())) {
                String close = one.isTextual() ? Similar.closest(one.textValue(), Types.NAMES) : null;
                return "must be one or more of " + Types.NAMES
                        + (close == null ? "" : "; did you mean \"" + close + "\"?");
            }
            if (!seen.add(one.textValue())) {
                return "names \"" + one.textValue() + "\" twice";
            }
        }
        return seen.isEmpty() ? "must name at least one type" : null;
    }

    private static @Nullable String names(JsonNode value, Draft draft) {
        if (!value.isArray() || (value.isEmpty() && draft == Draft.DRAFT_4)) {
            return draft == Draft.DRAFT_4 ? "must be an array of at least one name" : "must be an array of names";
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode name : value) {
            if (!name.isTextual()) {
                return "must be an array of names";
            }
            if (!seen.add(name.textValue())) {
                return "names \"" + name.textValue() + "\" twice";
            }
        }
        return null;
    }

    private @Nullable String pattern(String pattern) {
        try {
            words.pattern(pattern);
            return null;
        } catch (Patterns.Refused e) {
            return e.getMessage();
        }
    }

    private @Nullable String format(String name) {
        if (words.format(name) != null) {
            return null;
        }
        String close = Similar.misspelt(name, words.formats());
        return close == null ? null : "is no format; did you mean \"" + close + "\"?";
    }

    private @Nullable String patterns(Place at) {
        if (!isSchemaMap(at.node())) {
            return "must be an object of schemas";
        }
        for (Map.Entry<String, JsonNode> member : at.node().properties()) {
            String message = pattern(member.getKey());
            if (message != null) {
                fault(at.child(member.getKey(), member.getValue()), message);
            }
        }
        return null;
    }

    private @Nullable String dependencies(Place at) {
        if (!at.node().isObject()) {
            return "must be an object of schemas or of arrays of names";
        }
        for (Map.Entry<String, JsonNode> member : at.node().properties()) {
            JsonNode value = member.getValue();
            String message = isSchema(value) ? null : names(value, at.document().draft());
            if (message != null) {
                fault(at.child(member.getKey(), value), message + ", or a schema");
            }
        }
        return null;
    }

    private static boolean isSchema(JsonNode value) {
        return value.isObject() || value.isBoolean();
    }

    private static boolean isSchemaList(JsonNode value) {
        boolean good = value.isArray();
        for (JsonNode item : value) {
            good &= isSchema(item);
        }
        return good;
    }

    private static boolean isSchemaMap(JsonNode value) {
        boolean good = value.isObject();
        for (JsonNode item : value) {
            good &= isSchema(item);
        }
        return good;
    }

    private void fault(Place at, String message) {
        faults.add(at.document(), at.pointer(), message);
    }
}
