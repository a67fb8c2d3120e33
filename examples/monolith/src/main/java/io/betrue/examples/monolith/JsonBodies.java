package io.betrue.examples.monolith;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.betrue.errors.FieldError;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.History;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the JSON object of a request, and takes nothing for it that is not exactly that. */
final class JsonBodies {
    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "application/json;charset=utf-8");
    private static final int DEEPEST = 8;
    /** What JSON calls the types of the members. */
    private static final Map<Class<?>, String> TYPES = Map.of(String.class, "string", Integer.class, "integer");

    private final JsonMapper mapper = mapper();

    /** {@return the mapper for bodies, which reads strictly and writes times as ISO 8601} */
    static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .addModule(new JavaTimeModule())
                .addMixIn(History.class, WithoutNulls.class)
                .build();
    }

    /** The last page of a history has no {@code next}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface WithoutNulls {}

    /**
     * Reads the body.
     *
     * @throws ProblemException if it is anything but one JSON object that fits the type
     */
    <I> I read(Context ctx, Class<I> type) {
        String mediaType = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.contains(mediaType.replaceAll("[ \"]", ""))) {
            throw StandardError.UNSUPPORTED_MEDIA_TYPE
                    .problem()
                    .detail("The body must be application/json in UTF-8.")
                    .toException();
        }
        return read(ctx.bodyAsBytes(), type);
    }

    <I> I read(byte[] body, Class<I> type) {
        try (JsonParser parser = mapper.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw malformed(parser.currentLocation());
            }
            if (first != JsonToken.START_OBJECT) {
                throw invalid(FieldError.body("", "WRONG_TYPE").with("expected", "object"));
            }
            I input = mapper.readValue(parser, type);
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation());
            }
            return input;
        } catch (JsonProcessingException e) {
            throw refusal(e);
        } catch (IOException e) { // bytes that are no text in any encoding
            throw malformed(JsonLocation.NA);
        }
    }

    private static ProblemException refusal(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !(mapping.getCause() instanceof StreamReadException)) {
            return invalid(fault(mapping));
        }
        Throwable cause = e instanceof JsonMappingException ? e.getCause() : e;
        if (cause instanceof InputCoercionException && e instanceof JsonMappingException mapping) {
            return invalid(FieldError.body(pointer(mapping.getPath()), "INVALID")); // a number too large for its type
        }
        if (cause instanceof StreamReadException read
                && String.valueOf(read.getOriginalMessage()).startsWith("Duplicate")) {
            return invalid(FieldError.body(place(read), "DUPLICATE"));
        }
        JsonLocation at = cause instanceof StreamReadException syntax ? syntax.getLocation() : e.getLocation();
        return malformed(at == null ? JsonLocation.NA : at);
    }

    private static FieldError fault(JsonMappingException mapping) {
        String pointer = pointer(mapping.getPath());
        if (mapping instanceof UnrecognizedPropertyException) {
            return FieldError.body(pointer, "UNKNOWN");
        }
        String expected =
                mapping instanceof MismatchedInputException mismatch ? TYPES.get(mismatch.getTargetType()) : null;
        return expected == null
                ? FieldError.body(pointer, "INVALID")
                : FieldError.body(pointer, "WRONG_TYPE").with("expected", expected);
    }

    private static String place(StreamReadException duplicate) {
        JsonParser parser = duplicate.getProcessor();
        return parser == null ? "" : parser.getParsingContext().pathAsPointer().toString();
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static ProblemException invalid(FieldError fault) {
        return StandardError.VALIDATION_FAILED.problem().error(fault).toException();
    }

    private static ProblemException malformed(JsonLocation at) {
        return StandardError.MALFORMED_JSON
                .problem()
                .with("line", Math.max(1, at.getLineNr()))
                .with("column", Math.max(1, at.getColumnNr()))
                .toException();
    }
}
