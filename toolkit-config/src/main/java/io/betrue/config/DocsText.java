package io.betrue.config;

import java.util.List;
import java.util.Locale;

/** What the formats of the documentation say alike. */
final class DocsText {
    private DocsText() {}

    /** {@return the type with its options and requirements, such as {@code enum: a, b}} */
    static String type(Spec spec) {
        ValueType<?> type = spec.type;
        if (type == null) {
            return "";
        }
        if (spec.isSecret() && !type.options().isEmpty()) {
            return spec.typeName();
        }
        List<String> more = type.options().isEmpty() ? type.requirements() : type.options();
        return spec.typeName() + (more.isEmpty() ? "" : ": " + String.join(", ", more));
    }

    /** {@return one line about type, requiredness and default} */
    static String summary(Spec spec) {
        StringBuilder out = new StringBuilder(type(spec));
        if (spec.shape != Spec.Shape.ONE) {
            out.append(", separated by \"").append(spec.separator).append('"');
        }
        if (!spec.requiredIn.isEmpty()) {
            out.append("; required in ").append(String.join(", ", spec.requiredIn));
        } else if (spec.isRequired("")) {
            out.append("; required");
        } else if (spec.optional) {
            out.append("; optional");
        }
        if (!spec.isSecret()) {
            spec.fallbackIn.forEach((profile, raw) ->
                    out.append("; in ").append(profile).append(' ').append(spec.written(raw)));
        }
        String example = spec.example;
        if (example != null) {
            out.append("; example: ").append(example);
        }
        return Display.line(out.toString());
    }

    static String generatedFrom(String name) {
        return DocsFile.SIGNATURE + " from " + name + "; changes will be overwritten.";
    }

    /** {@return a JSON string, which is also a YAML one} */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** {@return {@code AppConfig} as {@code app-config}} */
    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("[^A-Za-z0-9-]", "")
                .toLowerCase(Locale.ROOT);
    }
}
