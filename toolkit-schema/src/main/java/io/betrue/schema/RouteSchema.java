package io.betrue.schema;

import io.betrue.errors.ErrorCode;
import io.javalin.router.EndpointMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a route takes and gives, as data on the route: {@link SchemaPlugin} checks requests and responses by it, and others may read it, as in
 * {@code endpoint.metadata(RouteSchema.class)}. Immutable, safe for use by multiple threads.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses routes reads its module anyway
public final class RouteSchema implements RoutePart, EndpointMetadata {
    private final List<RequestBody> bodies;
    private final List<Parameter> parameters;
    private final List<ResponseBody> responses;
    private final List<ErrorCode> problems;
    private final boolean checked;

    private RouteSchema(Parts parts) {
        this.bodies = List.copyOf(parts.bodies);
        this.parameters = List.copyOf(parts.parameters);
        this.responses = List.copyOf(parts.responses);
        this.problems = List.copyOf(parts.problems);
        this.checked = true;
    }

    private RouteSchema(RouteSchema other, boolean checked) {
        this.bodies = other.bodies;
        this.parameters = other.parameters;
        this.responses = other.responses;
        this.problems = other.problems;
        this.checked = checked;
    }

    /**
     * {@return all parts together}
     *
     * @param parts what the route says, see {@link RouteParts}
     * @throws IllegalArgumentException if two of them speak of the same parameter, body or response, or one body is required and another is not
     */
    public static RouteSchema of(RoutePart... parts) {
        Parts all = new Parts();
        for (RoutePart part : parts) {
            all.add(part);
        }
        return new RouteSchema(all);
    }

    /** {@return the same for readers alone, a document for example: {@link SchemaPlugin} leaves the route alone, because its handler checks what comes in and goes out} */
    public RouteSchema checkedElsewhere() {
        return new RouteSchema(this, false);
    }

    /** {@return whether {@link SchemaPlugin} checks requests and responses of the route} */
    public boolean isChecked() {
        return checked;
    }

    /** {@return the bodies that it takes, each of another media type; empty if none is spoken of, and then none is looked at} */
    public List<RequestBody> bodies() {
        return bodies;
    }

    /** {@return whether a request without a body is refused} */
    public boolean bodyRequired() {
        return !bodies.isEmpty() && bodies.get(0).required();
    }

    /** {@return the parameters: those of the path, the query, the headers and the cookies, each in the order in which they were given} */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** {@return the responses, in the order in which they were given; empty if none is spoken of, and then none is looked at} */
    public List<ResponseBody> responses() {
        return responses;
    }

    /** {@return the codes of the failures that it names} */
    public List<ErrorCode> problems() {
        return problems;
    }

    /** Gathers parts and refuses what is said twice. */
    private static final class Parts {
        private final List<RequestBody> bodies = new ArrayList<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<ResponseBody> responses = new ArrayList<>();
        private final List<ErrorCode> problems = new ArrayList<>();
        private final Set<String> known = new HashSet<>();

        void add(RoutePart part) {
            if (part instanceof RouteSchema route) {
                route.parameters.forEach(this::add);
                route.bodies.forEach(this::add);
                route.responses.forEach(this::add);
                problems.addAll(route.problems);
            } else if (part instanceof Parameter parameter) {
                addParameter(parameter);
            } else if (part instanceof RequestBody body) {
                addBody(body);
            } else if (part instanceof ResponseBody response) {
                once("response of " + response.status() + " as " + response.mediaType());
                responses.add(response);
            } else if (part instanceof RouteProblems codes) {
                problems.addAll(codes.codes());
            }
        }

        private void addParameter(Parameter parameter) {
            boolean header = parameter.in() == Parameter.In.HEADER;
            String name = header ? parameter.name().toLowerCase(Locale.ROOT) : parameter.name();
            once(parameter.in().name().toLowerCase(Locale.ROOT) + " parameter \"" + name + "\"");
            int place = 0;
            while (place < parameters.size() && parameters.get(place).in().compareTo(parameter.in()) <= 0) {
                place++;
            }
            parameters.add(place, parameter);
        }

        private void addBody(RequestBody body) {
            once("body of " + body.mediaType());
            if (!bodies.isEmpty() && bodies.get(0).required() != body.required()) {
                throw new IllegalArgumentException("the bodies of a route are all required or all optional");
            }
            bodies.add(body);
        }

        private void once(String what) {
            if (!known.add(what)) {
                throw new IllegalArgumentException("a route has the " + what + " twice");
            }
        }
    }
}
