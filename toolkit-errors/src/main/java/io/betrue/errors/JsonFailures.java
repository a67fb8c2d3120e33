package io.betrue.errors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client's bad JSON from the application's own trouble with JSON.
 *
 * <p>Javalin works with Jackson 2, Jackson 3, Gson and others, and none of their mappers need be present. So their exceptions are known by name,
 * and what they agree on (a path, a location) is read from them by reflection; whether the body is JSON at all is decided here.
 */
final class JsonFailures {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_POINTER = 200;

    /** The roots of each library's exceptions. */
    private static final List<String> JSON_EXCEPTIONS = List.of(
            "com.fasterxml.jackson.core.JsonProcessingException",
            "tools.jackson.core.JacksonException",
            "com.google.gson.JsonParseException");

    private static final List<String> SYNTAX = List.of(
            "com.google.gson.JsonSyntaxException",
            "com.fasterxml.jackson.core.exc.StreamReadException",
            "com.fasterxml.jackson.core.exc.StreamConstraintsException",
            "tools.jackson.core.exc.StreamReadException",
            "tools.jackson.core.exc.StreamConstraintsException");

    /** What is thrown when JSON is sound and its content does not fit; anything else of a mapper is the application's fault. */
    private static final List<String> MISMATCH = List.of(
            "com.fasterxml.jackson.databind.exc.MismatchedInputException",
            "com.fasterxml.jackson.core.exc.InputCoercionException",
            "tools.jackson.databind.exc.MismatchedInputException",
            "tools.jackson.core.exc.InputCoercionException",
            "com.google.gson.JsonParseException");

    private static final List<String> CONSTRUCTION = List.of(
            "com.fasterxml.jackson.databind.exc.ValueInstantiationException",
            "tools.jackson.databind.exc.ValueInstantiationException");

    private static final Map<String, String> CODES = Map.of(
            "UnrecognizedPropertyException", "UNKNOWN",
            "IgnoredPropertyException", "UNKNOWN",
            "InvalidNullException", "REQUIRED",
            "InputCoercionException", "INVALID"); // a number that the type is too small for

    /** Where Javalin maps what a client sent. */
    private static final Set<String> BODY_METHODS = Set.of("bodyAsClass", "bodyStreamAsClass", "messageAsClass");

    private JsonFailures() {}

    /** The problem with the JSON that the client sent, or null if it is not about that. */
    static @Nullable Problem of(Throwable thrown, @Nullable Context ctx) {
        Throwable json = find(thrown, JSON_EXCEPTIONS);
        boolean mapsInput = mapsClientInput(thrown);
        if (json == null) {
            return mapsInput && isNullBody(thrown) ? invalid(FieldError.body("", "REQUIRED")) : null;
        }
        Throwable syntax = find(json, SYNTAX);
        if (ctx != null && (mapsInput || syntax != null)) {
            Problem malformed = malformedBody(ctx, mapsInput);
            if (malformed != null) {
                return malformed;
            }
        }
        if (!mapsInput) {
            return null;
        }
        return syntax == null || find(json, MISMATCH) != null ? mismatch(json) : malformed(syntax);
    }

    private static @Nullable Problem mismatch(Throwable json) {
        Throwable mismatch = find(json, MISMATCH);
        if (mismatch != null) {
            String code = CODES.getOrDefault(mismatch.getClass().getSimpleName(), "WRONG_TYPE");
            String pointer = pointer(mismatch);
            FieldError error = FieldError.body(pointer.isEmpty() ? pointer(json) : pointer, code);
            String expected = code.equals("WRONG_TYPE") ? jsonType(call(mismatch, "getTargetType")) : null;
            return invalid(expected == null ? error : error.with("expected", expected));
        }
        Throwable construction = find(json, CONSTRUCTION);
        if (construction == null) {
            return null;
        }
        Throwable cause = construction.getCause();
        if (cause instanceof ProblemException exception) {
            return exception.problem();
        }
        // a record that refuses its components throws one of these
        boolean refused = cause instanceof IllegalArgumentException || cause instanceof NullPointerException;
        return refused ? invalid(FieldError.body(pointer(construction), "INVALID")) : null;
    }

    private static Problem invalid(FieldError error) {
        return StandardError.VALIDATION_FAILED.problem().error(error).build();
    }

    /** What JSON calls the type that the mapper wanted; the name of a class is nobody's business. */
    private static @Nullable String jsonType(@Nullable Object target) {
        if (!(target instanceof Class<?> type)) {
            return null;
        }
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed == Boolean.class) {
            return "boolean";
        }
        if (boxed == Integer.class || boxed == Long.class || boxed == Short.class || boxed == BigInteger.class) {
            return "integer";
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return "number";
        }
        if (CharSequence.class.isAssignableFrom(boxed)) {
            return "string";
        }
        if (Collection.class.isAssignableFrom(boxed) || boxed.isArray()) {
            return "array";
        }
        return boxed.isRecord() || Map.class.isAssignableFrom(boxed) ? "object" : null;
    }

    private static Problem malformed(Throwable syntax) {
        Object location = call(syntax, "getLocation");
        Object line = location == null ? null : call(location, "getLineNr");
        Object column = location == null ? null : call(location, "getColumnNr");
        return malformed(line instanceof Integer l ? l : -1, column instanceof Integer c ? c : -1);
    }

    private static Problem malformed(int line, int column) {
        Problem.Builder problem = StandardError.MALFORMED_JSON.problem();
        if (line > 0 && column > 0) {
            problem.with("line", line).with("column", column);
        }
        return problem.build();
    }

    /** Reads the body once more, as strictly as JSON is defined; null if it is JSON or cannot be read any more. */
    private static @Nullable Problem malformedBody(Context ctx, boolean emptyIsMalformed) {
        byte[] body;
        try {
            body = ctx.bodyAsBytes();
        } catch (RuntimeException e) {
            return null;
        }
        if (body.length == 0 && ctx.req().getContentLengthLong() > 0) {
            return null; // the handler read it as a stream
        }
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() == null) {
                return emptyIsMalformed ? malformed(1, 1) : null;
            }
            while (parser.nextToken() != null) {
                // every token is looked at
            }
            return null;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            return location == null ? malformed(-1, -1) : malformed(location.getLineNr(), location.getColumnNr());
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether the whole body is {@code null}: a mapper returns none for it, and Javalin's Kotlin refuses that. */
    private static boolean isNullBody(Throwable thrown) {
        return thrown instanceof NullPointerException
                && thrown.getStackTrace()[0].getClassName().startsWith("io.javalin.json.");
    }

    private static boolean mapsClientInput(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .anyMatch(frame ->
                        frame.getClassName().startsWith("io.javalin.") && BODY_METHODS.contains(frame.getMethodName()));
    }

    /** RFC 6901 pointer of the path that the mapper was at; empty where it gives none. */
    private static String pointer(Throwable json) {
        StringBuilder pointer = new StringBuilder();
        if (call(json, "getPath") instanceof List<?> path) {
            for (Object reference : path) {
                String token = token(reference);
                if (pointer.length() + token.length() + 1 > MAX_POINTER) {
                    break;
                }
                pointer.append('/').append(token);
            }
        }
        return pointer.toString();
    }

    private static String token(Object reference) {
        Object name = call(reference, "getFieldName"); // Jackson 2
        if (name == null) {
            name = call(reference, "getPropertyName"); // Jackson 3
        }
        Object token = name == null ? call(reference, "getIndex") : name;
        return String.valueOf(token).replace("~", "~0").replace("/", "~1");
    }

    private static @Nullable Throwable find(Throwable thrown, List<String> classNames) {
        return Failures.causes(thrown)
                .filter(cause -> classNames.stream().anyMatch(name -> Failures.isA(cause, name)))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object call(Object target, String accessor) {
        try {
            return target.getClass().getMethod(accessor).invoke(target);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
