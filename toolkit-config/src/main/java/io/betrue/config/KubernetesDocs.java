package io.betrue.config;

import java.util.ArrayList;
import java.util.List;

/** The settings as a ConfigMap and, for the secret ones, a Secret to fill in. */
final class KubernetesDocs {
    private KubernetesDocs() {}

    static String render(Session session, String name) {
        List<Spec> open = new ArrayList<>();
        List<Spec> secret = new ArrayList<>();
        for (Spec spec : session.specs()) {
            (spec.isSecret() ? secret : open).add(spec);
        }
        String base = DocsText.kebab(name);
        StringBuilder out = new StringBuilder("# " + DocsText.generatedFrom(name) + "\n");
        append(out, "ConfigMap", base, "data", open);
        if (!secret.isEmpty()) {
            out.append("---\n");
            append(out, "Secret", base + "-secret", "stringData", secret);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String kind, String name, String member, List<Spec> specs) {
        out.append("apiVersion: v1\nkind: ")
                .append(kind)
                .append("\nmetadata:\n  name: ")
                .append(name)
                .append('\n');
        out.append(kind.equals("Secret") ? "type: Opaque\n" : "");
        boolean any = specs.stream().anyMatch(spec -> !spec.optional);
        out.append(member).append(any ? ":\n" : ": {}\n");
        for (Spec spec : specs) {
            if (!spec.description.isEmpty()) {
                out.append("  # ").append(Display.line(spec.description)).append('\n');
            }
            out.append("  # ").append(DocsText.summary(spec)).append('\n');
            Raw fallback = spec.fallback;
            String value = fallback == null || spec.isSecret() ? "" : spec.written(fallback);
            out.append(spec.optional ? "  # " : "  ").append(spec.name).append(": ");
            out.append(DocsText.quote(value)).append('\n');
        }
    }
}
