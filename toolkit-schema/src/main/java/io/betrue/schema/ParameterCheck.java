package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.FieldError;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks one parameter of a request.
 *
 * @param parameter what it is
 * @param schema its compiled schema
 * @param decoder turns its text into the type that the schema asks for
 */
record ParameterCheck(Parameter parameter, Schema schema, TextDecoder decoder) {
    static ParameterCheck of(Parameter parameter, Schema schema) {
        return new ParameterCheck(parameter, schema, TextDecoder.of(schema.root(), schema.root()));
    }

    /**
     * Checks it.
     *
     * @param ctx the request
     * @param query the query's values by name
     * @param findings takes what is wrong
     */
    void check(Context ctx, Map<String, List<String>> query, Findings findings) {
        List<String> texts = texts(ctx, query);
        if (texts.isEmpty()) {
            if (parameter.required()) {
                findings.add(fault("required").detail("is missing"));
            }
        } else if (!decoder.array() && texts.size() > 1) {
            findings.add(fault("DUPLICATE").detail("must not stand here twice"));
        } else {
            JsonNode value = decoder.array() ? decoder.decode(items(texts)) : decoder.decode(texts.get(0));
            for (Violation violation : schema.validate(value)) {
                findings.add(fault(violation));
            }
        }
    }

    private List<String> texts(Context ctx, Map<String, List<String>> query) {
        return switch (parameter.in()) {
            case PATH -> List.of(ctx.pathParam(parameter.name()));
            case QUERY -> query.getOrDefault(parameter.name(), List.of());
            case HEADER -> Collections.list(ctx.req().getHeaders(parameter.name()));
            case COOKIE -> cookies(ctx.req().getCookies());
        };
    }

    private List<String> cookies(Cookie @Nullable [] cookies) {
        List<String> values = new ArrayList<>(1);
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(parameter.name())) {
                    values.add(cookie.getValue());
                }
            }
        }
        return values;
    }

    private List<String> items(List<String> texts) {
        if (parameter.style() == Parameter.ArrayStyle.REPEATED) {
            return texts;
        }
        List<String> items = new ArrayList<>();
        for (String text : texts) {
            for (String item : text.split(",", -1)) {
                items.add(parameter.in() == Parameter.In.HEADER ? item.strip() : item);
            }
        }
        return items;
    }

    private FieldError fault(Violation violation) {
        FieldError error = fault(violation.keyword()).detail(violation.message());
        if (!violation.pointer().isEmpty()) {
            error = error.with("pointer", violation.pointer());
        }
        for (Map.Entry<String, @Nullable Object> entry : violation.parameters().entrySet()) {
            error = error.with(entry.getKey(), entry.getValue());
        }
        return error;
    }

    private FieldError fault(String keyword) {
        String name = parameter.name();
        return switch (parameter.in()) {
            case PATH -> FieldError.path(name, keyword);
            case QUERY -> FieldError.query(name, keyword);
            case HEADER -> FieldError.header(name, keyword);
            case COOKIE -> FieldError.cookie(name, keyword);
        };
    }
}
