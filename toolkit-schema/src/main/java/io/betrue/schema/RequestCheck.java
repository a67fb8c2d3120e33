package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the requests of one route. Immutable. */
final class RequestCheck {
    private static final int LONGEST_SHOWN = 100;

    private final List<ParameterCheck> parameters;
    private final Map<String, BodyCheck> bodies;
    private final boolean bodyRequired;
    private final boolean readsQuery;
    private final Set<String> queryNames;
    private final Rules rules;

    /**
     * What holds for all routes.
     *
     * @param limit the most bytes of a body
     * @param strictQueries whether parameters of the query that the route does not name are refused
     */
    record Rules(long limit, boolean strictQueries) {}

    /**
     * Makes the checks of a route.
     *
     * @param bodies by media type
     * @param rules what holds for all routes
     */
    RequestCheck(List<ParameterCheck> parameters, Map<String, BodyCheck> bodies, boolean bodyRequired, Rules rules) {
        this.parameters = List.copyOf(parameters);
        this.bodies = bodies;
        this.bodyRequired = bodyRequired;
        this.rules = rules;
        this.queryNames = parameters.stream()
                .map(ParameterCheck::parameter)
                .filter(parameter -> parameter.in() == Parameter.In.QUERY)
                .map(Parameter::name)
                .collect(Collectors.toUnmodifiableSet());
        this.readsQuery = rules.strictQueries() || !queryNames.isEmpty();
    }

    /** What is wrong with a request, all of it; null if nothing is. A body that was read is kept for {@link SchemaBody}. */
    @Nullable
    Problem check(Context ctx) {
        Findings findings = new Findings();
        if (readsQuery || !parameters.isEmpty()) {
            checkParameters(ctx, findings);
        }
        if (!bodies.isEmpty()) {
            try {
                checkBody(ctx, findings);
            } catch (Refusal e) {
                findings.refuse(e.problem());
            }
        }
        return findings.problem();
    }

    private void checkParameters(Context ctx, Findings findings) {
        Map<String, List<String>> query = Map.of();
        if (readsQuery && ctx.queryString() != null) {
            try {
                query = FormText.parse(ctx.queryString());
            } catch (Refusal e) {
                findings.refuse(e.problem());
                return;
            }
        }
        for (ParameterCheck parameter : parameters) {
            if (parameter.parameter().in().compareTo(Parameter.In.QUERY) > 0) {
                break;
            }
            parameter.check(ctx, query, findings);
        }
        if (rules.strictQueries()) {
            refuseUnknown(query.keySet(), findings);
        }
        for (ParameterCheck parameter : parameters) {
            if (parameter.parameter().in().compareTo(Parameter.In.QUERY) > 0) {
                parameter.check(ctx, query, findings);
            }
        }
    }

    private void refuseUnknown(Set<String> names, Findings findings) {
        for (String name : names) {
            if (!queryNames.contains(name)) {
                String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
                findings.add(FieldError.query(shown, "UNKNOWN").detail("is not a known parameter"));
            }
        }
    }

    private void checkBody(Context ctx, Findings findings) throws Refusal {
        JsonNode value = null;
        if (!isAbsent(ctx)) {
            BodyCheck body = bodyOf(ctx);
            if (body.kind() == RequestBody.Kind.STREAM) {
                return;
            }
            value = body.read(ctx, rules.limit());
            if (value != null) {
                body.check(value, findings);
                SchemaBody.keep(ctx, value);
            }
        }
        if (value == null && bodyRequired) {
            findings.add(FieldError.body("", "required").detail("is missing"));
        }
    }

    /** Whether it is clear before reading that there is no body; where it is not, an empty one is found when it is read. */
    private static boolean isAbsent(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        return length == 0
                || (length < 0
                        && ctx.req().getHeader("Transfer-Encoding") == null
                        && ctx.req().getProtocol().startsWith("HTTP/1"));
    }

    private BodyCheck bodyOf(Context ctx) throws Refusal {
        Enumeration<String> headers = ctx.req().getHeaders("Content-Type");
        String header = headers.hasMoreElements() ? headers.nextElement() : null;
        // of two, nobody knows which one counts
        MediaType type = header == null || headers.hasMoreElements() ? null : MediaType.parse(header);
        BodyCheck body = type == null ? null : bodies.get(type.name());
        if (type == null || body == null) {
            String accepted = String.join(", ", bodies.keySet());
            throw unsupported(
                    "The body must be " + accepted + (header == null ? ", but Content-Type is missing." : "."));
        }
        if (body.kind() != RequestBody.Kind.STREAM) {
            String encoding = ctx.req().getHeader("Content-Encoding");
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw unsupported("The body must come without a Content-Encoding.");
            }
            if (body.kind() != RequestBody.Kind.MULTIPART && !type.isUtf8()) {
                throw unsupported("The body must be in UTF-8.");
            }
        }
        return body;
    }

    private static Refusal unsupported(String detail) {
        return new Refusal(StandardError.UNSUPPORTED_MEDIA_TYPE.problem().detail("{detail}", detail));
    }
}
