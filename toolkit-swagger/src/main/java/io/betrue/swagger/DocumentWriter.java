package io.betrue.swagger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the whole document. The same plan gives the same document, whatever order anything was in. */
final class DocumentWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");

    private final Settings settings;
    private final Plan plan;
    private final SchemaSources sources;

    DocumentWriter(Settings settings, Plan plan) {
        this.settings = settings;
        this.plan = plan;
        this.sources = new SchemaSources(settings.schemas());
        plan.paths().values().stream()
                .flatMap(methods -> methods.values().stream())
                .forEach(planned -> sources.collect(planned.route(), planned.id()));
    }

    /**
     * The document in a version.
     *
     * @param losses takes what this version cannot say, a sentence each
     */
    ObjectNode write(Version version, List<String> losses) {
        Components schemas = new Components(sources.shared(), List.of(ProblemResponses.SCHEMA_NAME));
        ProblemResponses problems = new ProblemResponses(settings.problems());
        Security security = new Security(settings);
        OperationWriter operations = new OperationWriter(version, sources, schemas, problems, security, losses);
        ObjectNode document = JSON.objectNode().put("openapi", version.number());
        info(document.putObject("info"));
        servers(document.putArray("servers"));
        ArrayNode tags = JSON.arrayNode();
        tags().forEach((name, text) -> {
            ObjectNode tag = tags.addObject().put("name", name);
            if (!text.isEmpty()) {
                tag.put("description", text);
            }
        });
        if (!tags.isEmpty()) {
            document.set("tags", tags);
        }
        ObjectNode paths = document.putObject("paths");
        plan.paths().forEach((path, methods) -> {
            ObjectNode item = paths.putObject(path);
            for (String method : METHODS) {
                Plan.Planned planned = methods.get(method);
                if (planned != null) {
                    item.set(method.toLowerCase(Locale.ROOT), operations.write(planned));
                }
            }
        });
        components(version, schemas, problems, security, document, losses);
        unlisted(document);
        return document;
    }

    private void info(ObjectNode info) {
        info.put("title", settings.title());
        if (!settings.description().isEmpty()) {
            info.put("description", settings.description());
        }
        info.put("version", settings.version());
    }

    /** Without an address of its own the API is where the document is: an address relative to it, right behind any prefix. */
    private void servers(ArrayNode servers) {
        if (settings.servers().isEmpty()) {
            int depth = settings.documents().split("/", -1).length - 2;
            servers.addObject()
                    .put("url", depth == 0 ? "." : "../".repeat(depth).replaceFirst("/$", ""));
        }
        settings.servers().forEach(url -> servers.addObject().put("url", url));
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        plan.paths().values().stream()
                .flatMap(methods -> methods.values().stream())
                .flatMap(planned -> planned.tags().stream())
                .forEach(tag -> tags.put(tag, settings.tags().getOrDefault(tag, "")));
        return tags;
    }

    private void components(
            Version version,
            Components schemas,
            ProblemResponses problems,
            Security security,
            ObjectNode document,
            List<String> losses) {
        ObjectNode components = JSON.objectNode();
        ObjectNode written = JSON.objectNode();
        new TreeMap<>(schemas.write(version.dialect(), losses)).forEach(written::set);
        if (problems.isUsed()) {
            written.set(
                    ProblemResponses.SCHEMA_NAME,
                    version.dialect()
                            .schema(ProblemResponses.SCHEMA_NAME, ProblemResponses.schema(), new ArrayList<>()));
        }
        if (!written.isEmpty()) {
            components.set("schemas", sorted(written));
        }
        if (!problems.shared().isEmpty()) {
            problems.shared().forEach(components.putObject("responses")::set);
        }
        if (needsSecurity(security)) {
            security.components(components);
        }
        if (!components.isEmpty()) {
            document.set("components", components);
        }
    }

    private static ObjectNode sorted(ObjectNode object) {
        ObjectNode sorted = JSON.objectNode();
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> sorted.set(name, object.get(name)));
        return sorted;
    }

    private boolean needsSecurity(Security security) {
        return plan.paths().values().stream()
                .flatMap(methods -> methods.values().stream())
                .anyMatch(planned -> security.isNeeded(planned.route()));
    }

    private void unlisted(ObjectNode document) {
        if (plan.unlisted().isEmpty()) {
            return;
        }
        ArrayNode list = document.putArray("x-javalin-routes");
        for (Plan.Unlisted one : plan.unlisted()) {
            ObjectNode route = list.addObject()
                    .put("method", one.route().method())
                    .put("path", one.route().path());
            if (!one.route().operation().summary().isEmpty()) {
                route.put("summary", one.route().operation().summary());
            }
            List<String> roles = Security.names(one.route().roles());
            if (!roles.isEmpty()) {
                roles.forEach(route.putArray("x-roles")::add);
            }
            route.put("reason", one.reason());
        }
    }
}
