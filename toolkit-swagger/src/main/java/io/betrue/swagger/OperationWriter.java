package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.schema.Parameter;
import io.betrue.schema.RequestBody;
import io.betrue.schema.ResponseBody;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaRef;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes operations in one version of OpenAPI. Not safe for use by multiple threads. */
final class OperationWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> IGNORED_HEADERS = Set.of("accept", "content-type", "authorization");
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "TRACE");

    private final Version version;
    private final SchemaSources sources;
    private final Components components;
    private final ProblemResponses problems;
    private final Security security;
    private final List<String> warnings;

    OperationWriter(
            Version version,
            SchemaSources sources,
            Components components,
            ProblemResponses problems,
            Security security,
            List<String> warnings) {
        this.version = version;
        this.sources = sources;
        this.components = components;
        this.problems = problems;
        this.security = security;
        this.warnings = warnings;
    }

    ObjectNode write(Plan.Planned planned) {
        Route route = planned.route();
        Operation said = route.operation();
        ObjectNode operation = JSON.objectNode();
        planned.tags().forEach(operation.putArray("tags")::add);
        if (!said.summary().isEmpty()) {
            operation.put("summary", said.summary());
        }
        if (!said.description().isEmpty()) {
            operation.put("description", said.description());
        }
        operation.put("operationId", planned.id());
        ArrayNode parameters = parameters(planned);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        ObjectNode body = body(route);
        if (!body.isEmpty()) {
            operation.set("requestBody", body);
        }
        operation.set("responses", responses(route));
        if (said.isDeprecated()) {
            operation.put("deprecated", true);
        }
        security.write(version, route, operation);
        if (!planned.path().text().equals(route.path())) {
            operation.put("x-javalin-path", route.path());
        }
        return operation;
    }

    private ArrayNode parameters(Plan.Planned planned) {
        ArrayNode written = JSON.arrayNode();
        RouteSchema schema = planned.route().schema();
        List<Parameter> declared = schema == null ? List.of() : schema.parameters();
        Map<String, String> names = planned.names();
        for (String name : planned.path().parameters()) {
            Parameter parameter = declared.stream()
                    .filter(one -> one.in() == Parameter.In.PATH && name.equals(names.get(one.name())))
                    .findFirst()
                    .orElse(null);
            written.add(parameter == null ? plain(name) : parameter(name, parameter, planned));
        }
        for (Parameter parameter : declared) {
            if (parameter.in() == Parameter.In.PATH) {
                if (!names.containsKey(parameter.name())) {
                    warnings.add(planned.route().name() + ": its path has no parameter {" + parameter.name() + "}");
                }
            } else if (parameter.in() == Parameter.In.HEADER
                    && IGNORED_HEADERS.contains(parameter.name().toLowerCase(Locale.ROOT))) {
                warnings.add(planned.route().name() + ": the header " + parameter.name()
                        + " is no parameter in OpenAPI, which says it by media types and security");
            } else {
                written.add(parameter(parameter.name(), parameter, planned));
            }
        }
        return written;
    }

    private static ObjectNode plain(String name) {
        ObjectNode parameter =
                JSON.objectNode().put("name", name).put("in", "path").put("required", true);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private ObjectNode parameter(String name, Parameter from, Plan.Planned planned) {
        ObjectNode parameter =
                JSON.objectNode().put("name", name).put("in", from.in().name().toLowerCase(Locale.ROOT));
        if (from.description() != null) {
            parameter.put("description", from.description());
        }
        if (from.required()) {
            parameter.put("required", true);
        }
        JsonNode schema = schema(from.schema(), planned.route());
        parameter.set("schema", schema);
        if (isArray(from.schema())) {
            boolean form = from.in() == Parameter.In.QUERY || from.in() == Parameter.In.COOKIE;
            parameter.put("style", form ? "form" : "simple");
            parameter.put("explode", form && from.style() == Parameter.ArrayStyle.REPEATED);
        }
        return parameter;
    }

    private boolean isArray(SchemaRef ref) {
        JsonNode type = sources.bundle(ref).root().path("type");
        return type.asText().equals("array")
                || type.valueStream().anyMatch(name -> name.asText().equals("array"));
    }

    private JsonNode schema(SchemaRef ref, Route route) {
        SchemaBundle bundle = sources.bundle(ref);
        if (sources.isShared(bundle)) {
            return components.reference(bundle);
        }
        JsonNode read = new SourceSchema(bundle.draft(), target -> target).read(bundle.root());
        return version.dialect().schema("of " + route.name(), read, warnings);
    }

    private ObjectNode body(Route route) {
        ObjectNode body = JSON.objectNode();
        RouteSchema schema = route.schema();
        if (schema == null || schema.bodies().isEmpty()) {
            return body;
        }
        if (BODILESS.contains(route.method())) {
            warnings.add(route.name() + ": OpenAPI has no body for " + route.method());
            return body;
        }
        schema.bodies().stream()
                .map(RequestBody::description)
                .filter(text -> text != null)
                .findFirst()
                .ifPresent(text -> body.put("description", text));
        ObjectNode content = body.putObject("content");
        for (RequestBody one : schema.bodies()) {
            content.set(
                    one.mediaType(),
                    one.kind() == RequestBody.Kind.MULTIPART
                            ? multipart(one, route)
                            : mediaType(one.mediaType(), one.schema(), route));
        }
        body.put("required", schema.bodyRequired());
        return body;
    }

    private ObjectNode multipart(RequestBody body, Route route) {
        SchemaRef ref = body.schema();
        if (ref != null) {
            SchemaBundle bundle = sources.bundle(ref);
            JsonNode bytes = FileFields.asBytes(bundle.root());
            if (!bytes.equals(bundle.root())) {
                JsonNode read = components.read(bundle, bytes);
                ObjectNode type = JSON.objectNode();
                type.set("schema", version.dialect().schema("of " + route.name(), read, warnings));
                return type;
            }
        }
        return mediaType(body.mediaType(), ref, route);
    }

    private ObjectNode mediaType(String name, @Nullable SchemaRef ref, Route route) {
        ObjectNode type = JSON.objectNode();
        if (ref != null) {
            type.set("schema", schema(ref, route));
        } else if (name.startsWith("text/")) {
            type.putObject("schema").put("type", "string");
        } else {
            type.putObject("schema").put("type", "string").put("format", "binary");
        }
        return type;
    }

    private ObjectNode responses(Route route) {
        ObjectNode responses = JSON.objectNode();
        RouteSchema schema = route.schema();
        if (schema != null) {
            for (ResponseBody one : schema.responses()) {
                response(one, route, responses);
            }
        }
        if (responses.isEmpty() && route.events()) {
            ObjectNode events = responses.putObject("200").put("description", "A stream of server-sent events");
            events.putObject("content")
                    .putObject("text/event-stream")
                    .putObject("schema")
                    .put("type", "string");
        } else if (responses.isEmpty()) {
            responses.putObject("2XX").put("description", "Success");
        }
        problems.add(route, security.isNeeded(route), responses);
        return responses;
    }

    private void response(ResponseBody one, Route route, ObjectNode responses) {
        ObjectNode response = responses.path(one.status()) instanceof ObjectNode present
                ? present
                : responses.putObject(one.status());
        if (!response.has("description") || one.description() != null) {
            response.put("description", one.description() == null ? phrase(one.status()) : one.description());
        }
        if (one.mediaType() != null) {
            ObjectNode content =
                    response.path("content") instanceof ObjectNode present ? present : response.putObject("content");
            content.set(one.mediaType(), mediaType(one.mediaType(), one.schema(), route));
        }
    }

    private static String phrase(String status) {
        if (status.equals("default")) {
            return "Any other answer";
        }
        if (status.endsWith("XX")) {
            return List.of("Information", "Success", "Redirection", "Client error", "Server error")
                    .get(status.charAt(0) - '1');
        }
        HttpStatus known = HttpStatus.forStatus(Integer.parseInt(status));
        return known == HttpStatus.UNKNOWN ? "Status " + status : known.getMessage();
    }
}
