package io.betrue.config;

/** The settings as an {@code .env.example}: what must be set stands open, what may be is commented out. */
final class DotEnvDocs {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+,=?&~*;";

    private DotEnvDocs() {}

    static String render(Session session, String name) {
        StringBuilder out = new StringBuilder("# " + DocsText.generatedFrom(name) + "\n");
        for (Scope scope : session.scopes()) {
            out.append("\n# ==== ").append(Display.line(scope.title())).append(" ====\n");
            for (Spec spec : scope.specs()) {
                if (spec.equals(session.spec(spec.name))) {
                    append(out, spec);
                }
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Spec spec) {
        out.append('\n');
        if (!spec.description.isEmpty()) {
            out.append("# ").append(Display.line(spec.description)).append('\n');
        }
        out.append("# ").append(DocsText.summary(spec)).append('\n');
        Raw fallback = spec.fallback;
        boolean open = spec.isRequired("");
        String value = fallback == null || spec.isSecret() ? "" : quoted(spec.written(fallback));
        out.append(open ? "" : "#").append(spec.name).append('=').append(value).append('\n');
    }

    /** {@return the value as our own reader reads it back} */
    static String quoted(String value) {
        boolean plain = true;
        boolean literal = !value.contains("${");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= PLAIN.indexOf(c) >= 0;
            literal &= c != '\'' && c >= ' ';
        }
        if (plain) {
            return value;
        }
        if (literal) {
            return "'" + value + "'";
        }
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }
}
