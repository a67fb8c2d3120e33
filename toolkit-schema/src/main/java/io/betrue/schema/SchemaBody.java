package io.betrue.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that was read and checked: a handler takes it from here, without reading it again. A form is an object with typed fields. Only for
 * routes whose {@link RouteSchema} has a body with a schema, in an application with {@link SchemaPlugin}.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses routes reads its module anyway
public final class SchemaBody {
    private static final String ATTRIBUTE = "io.betrue.schema.body";

    private SchemaBody() {}

    static void keep(Context ctx, JsonNode value) {
        ctx.req().setAttribute(ATTRIBUTE, value);
    }

    /**
     * {@return whether there is a body; false where an optional one was absent}
     *
     * @param ctx the request
     */
    public static boolean isPresent(Context ctx) {
        return find(ctx) != null;
    }

    /**
     * {@return the body as it was checked; it belongs to the caller, who may change it}
     *
     * @param ctx the request
     * @throws IllegalStateException if there is none
     */
    public static JsonNode tree(Context ctx) {
        JsonNode value = find(ctx);
        if (value == null) {
            throw new IllegalStateException(
                    "there is no checked body of " + ctx.method().name() + " " + ctx.endpoint().path
                            + "; the route needs a RouteSchema with a required body, and the application SchemaPlugin");
        }
        return value;
    }

    /**
     * {@return the body as an object of a class, made by Javalin's JSON mapper}
     *
     * @param ctx the request
     * @param type the class, often a record
     * @param <T> the class
     * @throws IllegalStateException if there is no body
     * @throws ProblemException VALIDATION_FAILED, if the class refuses what the schema let through
     */
    public static <T> T as(Context ctx, Class<T> type) {
        JsonNode value = tree(ctx);
        JsonMapper mapper = ctx.jsonMapper();
        if (!(mapper instanceof JavalinJackson jackson)) {
            return mapper.fromJsonString(value.toString(), type);
        }
        try {
            return jackson.getMapper().treeToValue(value, type);
        } catch (JsonProcessingException e) {
            throw refused(e, ctx);
        }
    }

    private static @Nullable JsonNode find(Context ctx) {
        return ctx.req().getAttribute(ATTRIBUTE) instanceof JsonNode value ? value : null;
    }

    private static RuntimeException refused(JsonProcessingException e, Context ctx) {
        boolean mismatch = e instanceof MismatchedInputException;
        boolean constructor = e instanceof ValueInstantiationException
                && (e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof NullPointerException);
        if (e.getCause() instanceof ProblemException own) {
            return own;
        }
        if (!mismatch && !constructor) {
            return new IllegalStateException("the body of " + ctx.endpoint().path + " cannot be mapped", e);
        }
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .error(FieldError.body(pointer((JsonMappingException) e), "INVALID"))
                .build();
        return ProblemAnswer.exception(ctx, problem);
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
