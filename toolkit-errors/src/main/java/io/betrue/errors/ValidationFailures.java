package io.betrue.errors;

import io.javalin.http.Context;
import io.javalin.validation.ValidationError;
import io.javalin.validation.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns Javalin's validation errors into field errors.
 *
 * <p>Javalin says which name was refused, not where it stood: the name is looked up in the request. Refused values are not echoed.
 */
final class ValidationFailures {
    private static final String BODY = "REQUEST_BODY";
    private static final Map<String, String> JAVALIN_CODES = Map.of(
            "NULLCHECK_FAILED", "REQUIRED",
            "TYPE_CONVERSION_FAILED", "WRONG_TYPE",
            "DESERIALIZATION_FAILED", "INVALID");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,62}");
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*)+");
    private static final int MAX_NAME = 190;
    private static final int MAX_DETAIL = 1000;

    private ValidationFailures() {}

    static Failure of(ValidationException exception, @Nullable Context ctx) {
        Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
        for (Map.Entry<String, List<ValidationError<Object>>> entry :
                exception.getErrors().entrySet()) {
            for (ValidationError<Object> error : entry.getValue()) {
                Exception cause = error.exception();
                Problem json = cause == null ? null : JsonFailures.of(cause, ctx);
                if (json != null) {
                    return Failure.expected(json);
                }
                problem.error(describe(place(entry.getKey(), ctx), error));
            }
        }
        return Failure.expected(problem.build());
    }

    /** An empty field error at the place that the name stands for. */
    private static FieldError place(String field, @Nullable Context ctx) {
        String name = field.length() > MAX_NAME ? field.substring(0, MAX_NAME) : field;
        if (field.equals(BODY)) {
            return FieldError.body("", "INVALID");
        }
        if (ctx == null) {
            return FieldError.body(pointer(name), "INVALID");
        }
        if (ctx.pathParamMap().containsKey(field)) {
            return FieldError.path(name, "INVALID");
        }
        if (ctx.queryParamMap().containsKey(field)) {
            return FieldError.query(name, "INVALID");
        }
        if (ctx.header(field) != null) {
            return FieldError.header(name, "INVALID");
        }
        boolean hasBody = ctx.isFormUrlencoded() || ctx.isMultipartFormData() || ctx.isJson();
        return hasBody ? FieldError.body(pointer(name), "INVALID") : FieldError.query(name, "INVALID");
    }

    private static FieldError describe(FieldError place, ValidationError<Object> error) {
        String message = error.getMessage();
        boolean isCode = CODE.matcher(message).matches();
        String code = isCode ? JAVALIN_CODES.getOrDefault(message, message) : place.code();
        FieldError described = new FieldError(place.location(), place.at(), code, null, Map.of(), null);
        if (!isCode && !message.isBlank()) {
            described = described.detail(message.length() > MAX_DETAIL ? message.substring(0, MAX_DETAIL) : message);
        }
        for (Map.Entry<String, Object> argument : error.getArgs().entrySet()) {
            Object value = argument.getValue();
            boolean simple = value instanceof Number || value instanceof Boolean || value instanceof String;
            if (simple && PARAMETER.matcher(argument.getKey()).matches()) {
                described = described.with(argument.getKey(), value);
            }
        }
        return described;
    }

    /** A check of a body may name the place as a pointer or as a member. */
    private static String pointer(String name) {
        return POINTER.matcher(name).matches()
                ? name
                : "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
