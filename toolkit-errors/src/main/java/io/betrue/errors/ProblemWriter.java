package io.betrue.errors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes problems, and other trees of JSON values, as JSON. */
final class ProblemWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final int USUAL_SIZE = 512;

    private ProblemWriter() {}

    /** The body as a tree; the one place that says which member is called what, and in which order they stand. */
    static Map<String, @Nullable Object> map(Problem problem) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", problem.typeText());
        map.put("title", problem.title());
        map.put("status", problem.status());
        putIfPresent(map, "detail", problem.detail());
        putIfPresent(
                map,
                "instance",
                problem.instance() == null ? null : problem.instance().toString());
        map.put("code", problem.code().name());
        putIfPresent(map, "traceId", problem.traceId());
        putIfPresent(
                map,
                "retryAfter",
                problem.retryAfter() == null ? null : problem.retryAfter().toSeconds());
        if (!problem.errors().isEmpty()) {
            List<@Nullable Object> errors = new ArrayList<>(problem.errors().size());
            problem.errors().forEach(error -> errors.add(map(error)));
            map.put("errors", errors);
        }
        putIfPresent(map, "truncated", problem.truncated() ? true : null);
        map.putAll(problem.extensions());
        return map;
    }

    private static Map<String, @Nullable Object> map(FieldError error) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("location", error.location().text());
        map.put(error.location() == FieldError.Location.BODY ? "pointer" : "name", error.at());
        map.put("code", error.code());
        putIfPresent(map, "detail", error.detail());
        putIfPresent(map, "parameters", error.parameters().isEmpty() ? null : error.parameters());
        putIfPresent(map, "rejected", error.rejected());
        return map;
    }

    private static void putIfPresent(Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    /** Writes a tree of JSON values in UTF-8. */
    static byte[] write(@Nullable Object tree, boolean indented) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            if (indented) {
                json.useDefaultPrettyPrinter();
            }
            value(json, tree);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(json, element);
            }
            json.writeEndArray();
        } else {
            throw new IllegalStateException(value.getClass().getName() + " is no JSON value");
        }
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else {
            json.writeNumber(number.longValue());
        }
    }
}
