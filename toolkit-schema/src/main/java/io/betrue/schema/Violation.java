package io.betrue.schema;

import io.betrue.errors.FieldError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place where a value does not fit its schema. It never has the refused value in it.
 *
 * @param pointer the place in the value, a JSON pointer (RFC 6901); empty for the whole value
 * @param keyword the keyword that was not met: {@code minLength}
 * @param parameters what the keyword asks for: {@code {"minLength": 3}}; JSON values only
 * @param message a text for people, in English: {@code must have at least 3 characters}
 */
public record Violation(String pointer, String keyword, Map<String, @Nullable Object> parameters, String message) {
    /**
     * The base name of the bundles that have the messages in other languages, for the {@code messages} of an {@link io.betrue.errors.ErrorCatalogue}. There is
     * one in Russian; English needs none.
     */
    // no package can have this name, so that a class loader finds the files also where this is a named module
    public static final String MESSAGES = "io.betrue.schema-texts.violations";

    FieldError toFieldError() {
        FieldError error = FieldError.body(pointer, keyword).detail(message);
        for (Map.Entry<String, @Nullable Object> parameter : parameters.entrySet()) {
            error = error.with(parameter.getKey(), parameter.getValue());
        }
        return error;
    }
}
