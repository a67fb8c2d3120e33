package io.betrue.errors;

/** A problem as a small HTML page for people with a browser. */
final class ProblemPage {
    /** The page has no script and loads nothing, so nothing else is allowed to run in it. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.25rem; }
            h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
            p, ul { margin: 0 0 1rem; overflow-wrap: anywhere; }
            footer { border-top: 1px solid GrayText; padding-top: .5rem; font-size: .875rem; }
            code { font: .875em/1.5 ui-monospace, monospace; }
            """;

    private ProblemPage() {}

    static String of(LocalisedProblem localised) {
        Problem problem = localised.problem();
        StringBuilder page = new StringBuilder(2048);
        page.append("<!doctype html>\n<html lang=\"")
                .append(CatalogueTexts.escape(localised.language().toLanguageTag()))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(CatalogueTexts.escape(problem.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(CatalogueTexts.escape(problem.title()))
                .append("</h1>\n");
        if (problem.detail() != null) {
            page.append("<p>").append(CatalogueTexts.escape(problem.detail())).append("</p>\n");
        }
        appendErrors(page, problem);
        appendFooter(page, problem);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void appendErrors(StringBuilder page, Problem problem) {
        if (problem.errors().isEmpty()) {
            return;
        }
        page.append("<ul>\n");
        for (FieldError error : problem.errors()) {
            page.append("<li>")
                    .append(CatalogueTexts.escape(error.location().text()))
                    .append(" <code>")
                    .append(CatalogueTexts.escape(error.at()))
                    .append("</code>: ")
                    .append(CatalogueTexts.escape(error.detail() == null ? error.code() : error.detail()))
                    .append("</li>\n");
        }
        page.append("</ul>\n");
    }

    private static void appendFooter(StringBuilder page, Problem problem) {
        page.append("<footer>")
                .append(problem.status())
                .append(" <a href=\"")
                .append(CatalogueTexts.escape(problem.type().toString()))
                .append("\"><code>")
                .append(CatalogueTexts.escape(problem.code().name()))
                .append("</code></a>");
        if (problem.traceId() != null) {
            page.append("<br>Trace <code>")
                    .append(CatalogueTexts.escape(problem.traceId()))
                    .append("</code>");
        }
        page.append("</footer>\n");
    }
}
