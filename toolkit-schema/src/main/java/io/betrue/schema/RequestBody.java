package io.betrue.schema;

import org.jspecify.annotations.Nullable;

/**
 * A body that a route takes.
 *
 * @param mediaType its media type in lower case without parameters, as in {@code application/json}
 * @param kind how it is read
 * @param schema what it must be; null for a stream, which is not looked at
 * @param required whether a request without a body is refused
 * @param description a text for people, or null
 */
public record RequestBody(
        String mediaType,
        Kind kind,
        @Nullable SchemaRef schema,
        boolean required,
        @Nullable String description) implements RoutePart {
    /** How a body is read. */
    public enum Kind {
        /** JSON in UTF-8. */
        JSON,
        /** Fields of a form, {@code application/x-www-form-urlencoded}: an object with a member for each field, in the types that the schema asks for. */
        FORM,
        /**
         * {@code multipart/form-data}: an object with a member for each field, as in a form, and for each file, as an object with {@code filename},
         * {@code contentType} and {@code size} in bytes.
         */
        MULTIPART,
        /** Bytes that only the handler reads. */
        STREAM
    }

    /**
     * Checks that the parts fit together.
     *
     * @param mediaType its media type
     * @param kind how it is read
     * @param schema what it must be, or null
     * @param required whether it must be there
     * @param description a text for people, or null
     * @throws IllegalArgumentException if the media type is malformed, or a stream has a schema, or anything else has none
     */
    public RequestBody {
        mediaType = MediaType.check(mediaType);
        if ((kind == Kind.STREAM) != (schema == null)) {
            throw new IllegalArgumentException("a stream has no schema, any other body has one: " + mediaType);
        }
    }

    /** {@return the same body, which may be absent} */
    public RequestBody optional() {
        return new RequestBody(mediaType, kind, schema, false, description);
    }

    /**
     * {@return the same body with a description}
     *
     * @param text a text for people
     */
    public RequestBody describedAs(String text) {
        return new RequestBody(mediaType, kind, schema, required, text);
    }
}
