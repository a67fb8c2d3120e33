package io.betrue.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The settings as a JSON Schema (2020-12) of an object with a member per variable, as JSON value or as text. */
final class JsonSchemaDocs {
    /** The types whose values JSON has itself; every other one is a text there. */
    private static final Set<String> JSON_TYPES = Set.of("int", "long", "port", "listen port", "decimal", "boolean");

    private final List<String> members = new ArrayList<>();

    private JsonSchemaDocs() {}

    static String render(Session session, String name) {
        List<String> properties = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (Spec spec : session.specs()) {
            properties.add("    " + DocsText.quote(spec.name) + ": " + property(spec));
            if (spec.isRequired("")) {
                required.add(DocsText.quote(spec.name));
            }
        }
        return "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$comment\": "
                + DocsText.quote(DocsText.generatedFrom(name))
                + ",\n  \"title\": "
                + DocsText.quote(name)
                + ",\n  \"type\": \"object\",\n  \"properties\": {\n"
                + String.join(",\n", properties)
                + (properties.isEmpty() ? "" : "\n")
                + "  },\n  \"required\": ["
                + String.join(", ", required)
                + "]\n}\n";
    }

    private static String property(Spec spec) {
        JsonSchemaDocs schema = new JsonSchemaDocs();
        ValueType<?> type = spec.type;
        if (!spec.description.isEmpty()) {
            schema.member("description", DocsText.quote(spec.description));
        }
        if (type != null && spec.shape == Spec.Shape.ONE) {
            schema.constraints(spec, type);
        } else if (type != null) {
            JsonSchemaDocs element = new JsonSchemaDocs();
            element.constraints(spec, type);
            schema.member("type", "[\"array\", \"string\"]");
            schema.member("items", element.object());
        }
        Raw fallback = spec.fallback;
        if (fallback != null && type != null && !spec.isSecret()) {
            schema.member("default", value(fallback, type));
        }
        if (spec.isSecret()) {
            schema.member("writeOnly", "true");
        }
        String example = spec.example;
        if (example != null) {
            schema.member("examples", "[" + DocsText.quote(example) + "]");
        }
        return schema.object();
    }

    private void constraints(Spec spec, ValueType<?> type) {
        if (!type.options().isEmpty() && !spec.isSecret()) {
            member("enum", options(type));
            return;
        }
        switch (type.name()) {
            case "int" -> number(spec, "integer", "-2147483648", "2147483647");
            case "long" -> number(spec, "integer", "-9223372036854775808", "9223372036854775807");
            case "port" -> number(spec, "integer", "1", "65535");
            case "listen port" -> number(spec, "integer", "0", "65535");
            case "decimal" -> number(spec, "number", "", "");
            case "boolean" -> {
                member("type", "[\"boolean\", \"string\"]");
                pattern("^\\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|0|1)\\s*$");
            }
            case "duration" -> text("^\\s*([0-9]+\\s*(ns|us|µs|ms|s|m|min|h|d)\\s*)+$|^\\s*[Pp]");
            case "data size" -> text("^\\s*[0-9]+\\s*([KkMmGgTt][Ii]?)?[Bb]\\s*$");
            case "url" -> text("^\\s*[Hh][Tt][Tt][Pp][Ss]?://");
            case "e-mail" -> text("^\\s*[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\s*$");
            default -> text("");
        }
    }

    private void number(Spec spec, String type, String least, String most) {
        member("type", "[\"" + type + "\", \"string\"]");
        // Of the type, not as the author wrote them: "+1" and ".5" are no numbers in JSON.
        String low = spec.low == null ? least : Spec.text(spec.low);
        String high = spec.high == null ? most : Spec.text(spec.high);
        if (!low.isEmpty()) {
            member("minimum", low);
        }
        if (!high.isEmpty()) {
            member("maximum", high);
        }
        pattern(type.equals("integer") ? "^\\s*[+-]?[0-9]+\\s*$" : "^\\s*[+-]?[0-9]*\\.?[0-9]*\\s*$");
    }

    private void text(String pattern) {
        member("type", "\"string\"");
        if (!pattern.isEmpty()) {
            pattern(pattern);
        }
    }

    private void pattern(String pattern) {
        member("pattern", DocsText.quote(pattern));
    }

    private static String options(ValueType<?> type) {
        List<String> all = new ArrayList<>();
        for (String option : type.options()) {
            String json = literal(option, type);
            all.add(DocsText.quote(option));
            if (!json.startsWith("\"")) {
                all.add(json);
            }
        }
        return "[" + String.join(", ", all) + "]";
    }

    private static String value(Raw raw, ValueType<?> type) {
        List<String> elements = raw.elements();
        if (elements == null) {
            return literal(raw.text(), type);
        }
        List<String> all = new ArrayList<>();
        for (String element : elements) {
            all.add(literal(element, type));
        }
        return "[" + String.join(", ", all) + "]";
    }

    // A number or boolean as such when the type's schema has one, any other value as text.
    private static String literal(String text, ValueType<?> type) {
        try {
            if (JSON_TYPES.contains(type.name())) {
                return Spec.text(type.convert(text));
            }
        } catch (RuntimeException notOfTheType) {
            // a default that is none shows as it was written
        }
        return DocsText.quote(text);
    }

    private void member(String name, String json) {
        members.add(DocsText.quote(name) + ": " + json);
    }

    private String object() {
        return "{" + String.join(", ", members) + "}";
    }
}
