package io.betrue.config;

import java.util.ArrayList;
import java.util.List;

/** The settings as Markdown: a section with an aligned table per group. */
final class MarkdownDocs {
    private static final List<String> HEADINGS =
            List.of("Variable", "Type", "Required", "Default", "Description", "Example");

    private MarkdownDocs() {}

    static String render(Session session) {
        List<String> sections = new ArrayList<>();
        for (Scope scope : session.scopes()) {
            sections.add("## " + text(scope.title()) + "\n\n" + table(scope.specs()));
        }
        return String.join("\n", sections);
    }

    private static String table(List<Spec> specs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Spec spec : specs) {
            rows.add(List.of(
                    code(spec.name),
                    type(spec),
                    required(spec),
                    defaults(spec),
                    text(spec.description),
                    spec.example == null ? "" : code(spec.example)));
        }
        StringBuilder out = new StringBuilder();
        AlignedTable.append(out, rows);
        return out.toString();
    }

    private static String type(Spec spec) {
        String type = code(DocsText.type(spec));
        return spec.shape == Spec.Shape.ONE ? type : type + " separated by " + code(spec.separator);
    }

    private static String required(Spec spec) {
        if (!spec.requiredIn.isEmpty()) {
            return "in " + text(String.join(", ", spec.requiredIn));
        }
        return spec.isRequired("") ? "yes" : "";
    }

    private static String defaults(Spec spec) {
        if (spec.isSecret()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        Raw fallback = spec.fallback;
        if (fallback != null) {
            parts.add(value(spec.written(fallback)));
        }
        spec.fallbackIn.forEach((profile, raw) -> parts.add("in " + text(profile) + " " + value(spec.written(raw))));
        return String.join(", ", parts);
    }

    private static String value(String text) {
        return text.isEmpty() ? "empty" : code(text);
    }

    /** {@return the text as code, whatever backticks and bars are in it} */
    static String code(String text) {
        String line = Display.line(text).replace("|", "\\|");
        int longest = 0;
        int run = 0;
        for (int i = 0; i < line.length(); i++) {
            run = line.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String pad = longest == 0 && !line.isBlank() ? "" : " ";
        return fence + pad + line + pad + fence;
    }

    /** {@return the text with everything that Markdown would take for markup escaped} */
    static String text(String text) {
        StringBuilder out = new StringBuilder();
        String line = Display.line(text.replaceAll("\\s*\\R\\s*", " "));
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ("\\`*<[|".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
