package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.schema.Parameter;
import io.betrue.schema.RequestBody;
import io.betrue.schema.RouteSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The failures of routes as responses; each set of codes is written once, under {@code #/components/responses}. */
final class ProblemResponses {
    static final String SCHEMA_NAME = "Problem";
    private static final String PREFIX = "#/components/responses/";
    private static final String ANY = "Problem";
    private static final String SCHEMA = """
            {"title": "Problem", "description": "A failure (RFC 9457)", "type": "object", "required": ["type", "title", "status", "code"], "properties": {
              "type": {"type": "string", "format": "uri-reference", "description": "Leads to a page about the code"},
              "title": {"type": "string", "description": "The same for every failure with the code"},
              "status": {"type": "integer", "minimum": 400, "maximum": 599},
              "detail": {"type": "string", "description": "What happened this time"},
              "instance": {"type": "string", "format": "uri-reference"},
              "code": {"type": "string", "description": "Says what failed; stable, for programs"},
              "traceId": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Under which the log has the cause"},
              "retryAfter": {"type": "integer", "minimum": 0, "description": "Seconds after which it may be tried again"},
              "errors": {"type": "array", "maxItems": 100, "items": {"type": "object", "required": ["location", "code"], "properties": {
                "location": {"type": "string", "enum": ["body", "query", "path", "header", "cookie"]},
                "pointer": {"type": "string", "description": "Where in the body: a JSON pointer (RFC 6901)"},
                "name": {"type": "string", "description": "Of the parameter"},
                "code": {"type": "string", "description": "What is wrong there"},
                "detail": {"type": "string"},
                "parameters": {"type": "object", "additionalProperties": true}}}},
              "truncated": {"type": "boolean", "description": "There were more errors"}},
             "additionalProperties": true}
            """;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final @Nullable ErrorCatalogue catalogue;
    private final Map<String, ObjectNode> shared = new TreeMap<>();
    private boolean used;

    ProblemResponses(@Nullable ErrorCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The schema of a problem, of draft 7. */
    static JsonNode schema() {
        try (JsonParser parser = new JsonFactory().createParser(SCHEMA)) {
            return JsonTrees.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of a problem is JSON", e);
        }
    }

    /** Adds the failures of a route to its responses, beside those that it speaks of itself. */
    void add(Route route, boolean secured, ObjectNode responses) {
        byStatus(codes(route, secured)).forEach((status, codes) -> {
            if (responses.has(status)) {
                JsonNode content = responses.path(status).path("content");
                if (!content.has(Problem.MEDIA_TYPE)) {
                    ObjectNode response = (ObjectNode) responses.path(status);
                    ((ObjectNode) (content.isObject() ? content : response.putObject("content")))
                            .set(Problem.MEDIA_TYPE, content(codes));
                }
            } else {
                responses.set(status, reference(codes));
            }
        });
        if (catalogue != null && !responses.has("default")) {
            shared.computeIfAbsent(ANY, name -> response("Any other failure", List.of()));
            responses.set("default", JSON.objectNode().put("$ref", PREFIX + ANY));
        }
    }

    boolean isUsed() {
        return used;
    }

    Map<String, ObjectNode> shared() {
        return shared;
    }

    private List<ErrorCode> codes(Route route, boolean secured) {
        List<ErrorCode> codes = new ArrayList<>(route.operation().problems());
        RouteSchema schema = route.schema();
        if (schema != null) {
            codes.addAll(schema.problems());
            if (schema.bodies().stream().anyMatch(body -> body.kind() != RequestBody.Kind.STREAM)) {
                codes.add(StandardError.VALIDATION_FAILED);
                codes.add(StandardError.PAYLOAD_TOO_LARGE);
            }
            if (schema.bodies().stream().anyMatch(body -> body.kind() == RequestBody.Kind.JSON)) {
                codes.add(StandardError.MALFORMED_JSON);
            }
            if (!schema.bodies().isEmpty()) {
                codes.add(StandardError.UNSUPPORTED_MEDIA_TYPE);
            }
            List<Parameter> parameters = schema.parameters();
            if (!parameters.isEmpty()) {
                codes.add(StandardError.VALIDATION_FAILED);
            }
        }
        if (catalogue != null && secured) {
            codes.add(StandardError.UNAUTHENTICATED);
            codes.add(StandardError.FORBIDDEN);
        }
        return codes;
    }

    private static Map<String, List<ErrorCode>> byStatus(List<ErrorCode> codes) {
        Map<String, TreeSet<ErrorCode>> sorted = new TreeMap<>();
        for (ErrorCode code : codes) {
            sorted.computeIfAbsent(
                            String.valueOf(code.definition().status()),
                            status -> new TreeSet<>(Comparator.comparing(ErrorCode::name)))
                    .add(code);
        }
        Map<String, List<ErrorCode>> lists = new TreeMap<>();
        sorted.forEach((status, set) -> lists.put(status, List.copyOf(set)));
        return lists;
    }

    private ObjectNode reference(List<ErrorCode> codes) {
        String name = String.join(".", codes.stream().map(ErrorCode::name).toList());
        if (name.length() > 120) {
            name = name.substring(0, 100) + "_" + Hash.of(name).substring(0, 6);
        }
        shared.computeIfAbsent(name, free -> response(description(codes), codes));
        return JSON.objectNode().put("$ref", PREFIX + name);
    }

    private static String description(List<ErrorCode> codes) {
        return String.join(
                "; ",
                codes.stream()
                        .map(code -> code.definition().title() + " (" + code.name() + ")")
                        .toList());
    }

    private ObjectNode response(String description, List<ErrorCode> codes) {
        ObjectNode response = JSON.objectNode().put("description", description);
        response.putObject("content").set(Problem.MEDIA_TYPE, content(codes));
        return response;
    }

    private ObjectNode content(List<ErrorCode> codes) {
        used = true;
        ObjectNode content = JSON.objectNode();
        content.putObject("schema").put("$ref", Components.PREFIX + SCHEMA_NAME);
        if (!codes.isEmpty()) {
            ObjectNode examples = content.putObject("examples");
            for (ErrorCode code : codes) {
                examples.putObject(code.name()).set("value", example(code));
            }
        }
        return content;
    }

    private ObjectNode example(ErrorCode code) {
        Problem problem = code.problem().build();
        return JSON.objectNode()
                .put("type", (catalogue == null ? problem.type() : catalogue.type(code)).toString())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", code.name());
    }
}
