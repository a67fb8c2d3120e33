package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what of a change of a document can break a client that was written for the old one: what it sends may be refused, or what it gets may be something it
 * never saw.
 */
final class Compatibility {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaking = new ArrayList<>();

    private Compatibility(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    /** What can break a client, a sentence each; empty if nothing can. */
    static List<String> breaking(JsonNode before, JsonNode after) {
        Compatibility comparison = new Compatibility(before, after);
        comparison.compare();
        return comparison.breaking;
    }

    private void compare() {
        Map<String, JsonNode> now = operations(after);
        operations(before).forEach((name, old) -> {
            JsonNode operation = now.get(name);
            if (operation == null) {
                breaking.add(name + " is gone");
            } else {
                operation(name, old, operation);
            }
        });
        Set<String> routes = unlisted(after);
        routes.addAll(listed(after));
        unlisted(before).stream()
                .filter(name -> !routes.contains(name))
                .forEach(name -> breaking.add(name + " is gone"));
    }

    /** Routes without a place in OpenAPI, as Javalin has them. */
    private static Set<String> unlisted(JsonNode document) {
        Set<String> routes = new TreeSet<>();
        for (JsonNode route : document.path("x-javalin-routes")) {
            routes.add(route.path("method").asText() + " " + route.path("path").asText());
        }
        return routes;
    }

    /** Routes with a place, as Javalin has them. */
    private static Set<String> listed(JsonNode document) {
        Set<String> routes = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                String own = member.getValue().path("x-javalin-path").asText(path.getKey());
                routes.add(member.getKey().toUpperCase(Locale.ROOT) + " " + own);
            }
        }
        return routes;
    }

    /** Operations by method and path; the name of a path parameter is of no matter to a caller. */
    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    String shape = path.getKey().replaceAll("\\{[^}]*}", "{}");
                    operations.put(member.getKey().toUpperCase(Locale.ROOT) + " " + shape, member.getValue());
                }
            }
        }
        return operations;
    }

    private void operation(String name, JsonNode old, JsonNode now) {
        if (!old.path("operationId").equals(now.path("operationId"))) {
            breaking.add(
                    name + " has the operationId " + now.path("operationId").asText() + ", was "
                            + old.path("operationId").asText());
        }
        parameters(name, old, now);
        body(name, old, now);
        responses(name, old, now);
        security(name, old.path("security"), now.path("security"));
        TreeSet<String> roles = new TreeSet<>();
        old.path("x-roles").forEach(role -> roles.add(role.asText()));
        now.path("x-roles").forEach(role -> roles.remove(role.asText()));
        if (!roles.isEmpty() && !now.path("security").isEmpty()) {
            breaking.add(name + " is closed to " + String.join(", ", roles));
        }
    }

    private void security(String name, JsonNode old, JsonNode now) {
        if (now.isEmpty()) {
            return;
        }
        if (old.isEmpty()) {
            breaking.add(name + " needs security");
            return;
        }
        Set<Map<String, JsonNode>> accepted = new HashSet<>();
        now.forEach(requirement -> accepted.add(schemes(after, requirement)));
        Set<String> refused = new TreeSet<>();
        for (JsonNode requirement : old) {
            Map<String, JsonNode> schemes = schemes(before, requirement);
            if (!accepted.contains(schemes)) {
                refused.add(String.join(" with ", schemes.keySet()));
            }
        }
        refused.forEach(schemes -> breaking.add(name + " no longer accepts the security of " + schemes));
    }

    /** What a requirement asks for, without texts for people; roles are compared elsewhere. */
    private static Map<String, JsonNode> schemes(JsonNode document, JsonNode requirement) {
        Map<String, JsonNode> schemes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : requirement.properties()) {
            JsonNode scheme =
                    document.path("components").path("securitySchemes").path(one.getKey());
            if (scheme.isObject()) {
                scheme = ((ObjectNode) scheme.deepCopy()).without(List.of("description", "bearerFormat"));
            }
            schemes.put(one.getKey(), scheme);
        }
        return schemes;
    }

    private void parameters(String name, JsonNode old, JsonNode now) {
        Map<String, JsonNode> known = new HashMap<>();
        int place = 0;
        for (JsonNode parameter : old.path("parameters")) {
            known.put(key(parameter, place++), parameter);
        }
        place = 0;
        for (JsonNode parameter : now.path("parameters")) {
            String key = key(parameter, place++);
            JsonNode former = known.get(key);
            if (parameter.path("required").asBoolean()
                    && (former == null || !former.path("required").asBoolean())) {
                breaking.add(name + " requires the " + key);
            }
            if (former != null) {
                schemas(name + ", " + key, former.path("schema"), parameter.path("schema"), true);
                if (!former.path("explode").equals(parameter.path("explode"))) {
                    breaking.add(name + ", " + key + " is written another way");
                }
            }
        }
    }

    private static String key(JsonNode parameter, int place) {
        boolean path = parameter.path("in").asText().equals("path");
        return path
                ? "path parameter " + (place + 1)
                : parameter.path("in").asText() + " parameter "
                        + (parameter.path("in").asText().equals("header")
                                ? parameter.path("name").asText().toLowerCase(Locale.ROOT)
                                : parameter.path("name").asText());
    }

    private void body(String name, JsonNode old, JsonNode now) {
        JsonNode former = old.path("requestBody");
        JsonNode body = now.path("requestBody");
        if (body.path("required").asBoolean() && !former.path("required").asBoolean()) {
            breaking.add(name + " requires a body");
        }
        for (Map.Entry<String, JsonNode> content : former.path("content").properties()) {
            String type = content.getKey();
            if (body.path("content").has(type)) {
                schemas(
                        name + ", body",
                        content.getValue().path("schema"),
                        body.path("content").path(type).path("schema"),
                        true);
            } else {
                breaking.add(name + " takes no " + type);
            }
        }
    }

    private void responses(String name, JsonNode old, JsonNode now) {
        for (Map.Entry<String, JsonNode> response : now.path("responses").properties()) {
            String status = response.getKey();
            String range = status.charAt(0) + "XX";
            JsonNode same = old.path("responses").path(status);
            JsonNode former =
                    follow(before, same.isMissingNode() ? old.path("responses").path(range) : same);
            JsonNode current = follow(after, response.getValue());
            if (former.isMissingNode()) {
                if (status.startsWith("2")) {
                    breaking.add(name + " may answer " + status);
                }
                continue;
            }
            for (Map.Entry<String, JsonNode> content : former.path("content").properties()) {
                JsonNode type = current.path("content").path(content.getKey());
                if (type.isMissingNode()) {
                    breaking.add(name + " answers " + status + " without " + content.getKey());
                } else {
                    schemas(name + ", answer " + status, content.getValue().path("schema"), type.path("schema"), false);
                }
            }
        }
        for (Map.Entry<String, JsonNode> response : old.path("responses").properties()) {
            String status = response.getKey();
            if (status.startsWith("2") && !isAnswered(status, now.path("responses"))) {
                breaking.add(name + " answers no " + status);
            }
        }
    }

    /** Whether a success still happens; of any of them, one is enough. */
    private static boolean isAnswered(String status, JsonNode responses) {
        return responses.has(status)
                || (status.equals("2XX")
                        && responses.properties().stream()
                                .anyMatch(response -> response.getKey().startsWith("2")));
    }

    private void schemas(String at, JsonNode old, JsonNode now, boolean sent) {
        new SchemaComparison(before, after, sent, breaking).compare(at, old, now);
    }

    static JsonNode follow(JsonNode document, JsonNode node) {
        JsonNode at = node;
        for (int i = 0;
                i < 100
                        && at.path("$ref").isTextual()
                        && at.path("$ref").asText().startsWith("#/");
                i++) {
            at = document.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }
}
