package io.betrue.errors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a catalogue says about itself, to tools and to people. */
final class CatalogueTexts {
    private static final String STYLE = ":root{color-scheme:light dark}"
            + "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}"
            + "code{font-family:ui-monospace,monospace}table{border-collapse:collapse;width:100%}"
            + "td,th{border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top}";

    private CatalogueTexts() {}

    static List<@Nullable Object> json(ErrorCatalogue catalogue) {
        List<@Nullable Object> list = new ArrayList<>();
        catalogue.codes().forEach(code -> list.add(json(catalogue, code)));
        return list;
    }

    static Map<String, @Nullable Object> json(ErrorCatalogue catalogue, ErrorCode code) {
        ErrorDefinition definition = code.definition();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", code.name());
        map.put("type", catalogue.type(code).toString());
        map.put("status", definition.status());
        map.put("title", definition.title());
        map.put("detail", definition.detail());
        map.put("parameters", List.copyOf(Templates.parameters(definition.detail())));
        map.put("retryable", definition.retryable());
        map.put("logLevel", definition.logLevel().name());
        map.put("webSocketClose", definition.webSocketClose());
        map.put("natsCode", definition.natsCode());
        return map;
    }

    static String markdown(ErrorCatalogue catalogue) {
        StringBuilder text = new StringBuilder("""
                | Code | HTTP | Title | Detail | Retryable | WebSocket | NATS |
                |---|---|---|---|---|---|---|
                """);
        for (ErrorCode code : catalogue.codes()) {
            ErrorDefinition definition = code.definition();
            text.append("| `").append(code.name()).append("` | ").append(definition.status());
            text.append(" | ").append(cell(definition.title()));
            text.append(" | ").append(definition.detail() == null ? "" : cell(definition.detail()));
            text.append(" | ").append(definition.retryable() ? "yes" : "no");
            text.append(" | ").append(definition.webSocketClose());
            text.append(" | ").append(definition.natsCode()).append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return escape(text).replace("|", "\\|").replace("\n", " ");
    }

    static String page(ErrorCatalogue catalogue, ErrorCode code) {
        ErrorDefinition definition = code.definition();
        StringBuilder rows = new StringBuilder();
        row(rows, "Code", "<code>" + escape(code.name()) + "</code>");
        row(rows, "Type", "<code>" + escape(catalogue.type(code).toString()) + "</code>");
        row(rows, "HTTP status", Integer.toString(definition.status()));
        if (definition.detail() != null) {
            row(rows, "Detail", escape(definition.detail()));
        }
        row(
                rows,
                "Another try",
                definition.retryable() ? "may succeed without a change" : "fails again without a change");
        row(rows, "WebSocket close code", Integer.toString(definition.webSocketClose()));
        row(rows, "NATS service error code", Integer.toString(definition.natsCode()));
        return html(definition.title(), "<table>" + rows + "</table>");
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("<tr><th scope=\"row\">")
                .append(name)
                .append("</th><td>")
                .append(value)
                .append("</td></tr>");
    }

    static String index(ErrorCatalogue catalogue) {
        StringBuilder rows = new StringBuilder("<tr><th>Code</th><th>HTTP status</th><th>Title</th></tr>");
        for (ErrorCode code : catalogue.codes()) {
            rows.append("<tr><td><a href=\"")
                    .append(escape(catalogue.type(code).toString()))
                    .append("\"><code>");
            rows.append(escape(code.name()))
                    .append("</code></a></td><td>")
                    .append(code.definition().status());
            rows.append("</td><td>").append(escape(code.definition().title())).append("</td></tr>");
        }
        return html("Errors", "<table>" + rows + "</table>");
    }

    private static String html(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escape(title)
                + "</title><style>" + STYLE + "</style></head><body><h1>" + escape(title) + "</h1>" + body
                + "</body></html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
