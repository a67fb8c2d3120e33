package io.betrue.schema;

import io.javalin.router.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up the schemas of one route and notes what is wrong with them. */
final class RouteCompiler {
    private static final Pattern PATH_NAME = Pattern.compile("[{<]([^{}<>]+)[}>]");

    private final Schemas schemas;
    private final Endpoint endpoint;
    private final RequestCheck.Rules rules;
    private final List<String> faults;
    private final String label;

    RouteCompiler(Schemas schemas, Endpoint endpoint, RequestCheck.Rules rules, List<String> faults) {
        this.schemas = schemas;
        this.endpoint = endpoint;
        this.rules = rules;
        this.faults = faults;
        this.label = endpoint.method.name() + " " + endpoint.path;
    }

    /** The compiled route; null if anything about it is wrong. */
    @Nullable
    CompiledRoute compile(RouteSchema says) {
        int before = faults.size();
        List<ParameterCheck> parameters = new ArrayList<>();
        Set<String> names = PATH_NAME
                .matcher(endpoint.path)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        for (Parameter parameter : says.parameters()) {
            Schema schema = schema(what(parameter), parameter.schema());
            if (parameter.in() == Parameter.In.PATH && !names.contains(parameter.name())) {
                faults.add(label + ": the path has no {" + parameter.name() + "}");
            } else if (schema != null) {
                parameters.add(parameter(parameter, schema));
            }
        }
        Map<String, BodyCheck> bodies = new LinkedHashMap<>();
        for (RequestBody body : says.bodies()) {
            Schema schema = body.schema() == null ? null : schema("body " + body.mediaType(), body.schema());
            bodies.put(body.mediaType(), new BodyCheck(body, schema));
        }
        Map<String, Map<String, CompiledRoute.Answer>> responses = new LinkedHashMap<>();
        for (ResponseBody response : says.responses()) {
            Schema schema =
                    response.schema() == null ? null : schema("response " + response.status(), response.schema());
            responses
                    .computeIfAbsent(response.status(), status -> new LinkedHashMap<>())
                    .put(
                            response.mediaType() == null ? CompiledRoute.NO_BODY : response.mediaType(),
                            new CompiledRoute.Answer(response.kind(), schema));
        }
        RequestCheck request = new RequestCheck(parameters, bodies, says.bodyRequired(), rules);
        return faults.size() > before ? null : new CompiledRoute(label, request, responses, says.problems());
    }

    private ParameterCheck parameter(Parameter parameter, Schema schema) {
        Set<TextType> types = TextType.of(schema.root(), schema.root());
        if (types != null && types.contains(TextType.OBJECT)) {
            faults.add(label + ": " + what(parameter)
                    + " is an object; a parameter can be a text, number, boolean or array");
        }
        ParameterCheck check = ParameterCheck.of(parameter, schema);
        if (check.decoder().nests()) {
            faults.add(label + ": " + what(parameter)
                    + " has objects or arrays as items; an item can be a text, number or boolean");
        }
        return check;
    }

    private @Nullable Schema schema(String where, SchemaRef ref) {
        try {
            return ref.in(schemas);
        } catch (IllegalArgumentException | SchemaException e) {
            faults.add(label + ": " + where + ": " + e.getMessage());
            return null;
        }
    }

    private static String what(Parameter parameter) {
        return parameter.in().name().toLowerCase(Locale.ROOT) + " parameter \"" + parameter.name() + "\"";
    }
}
