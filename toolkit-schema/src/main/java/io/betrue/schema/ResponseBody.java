package io.betrue.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A response that a route gives.
 *
 * @param status the status, {@code 201}, a class of them, {@code 4XX}, or {@code default} for any that is not mentioned
 * @param kind what its body is
 * @param mediaType its media type in lower case without parameters; null exactly if it has no body
 * @param schema what the body must be; null exactly if it is not JSON
 * @param description a text for people, or null
 */
public record ResponseBody(
        String status,
        Kind kind,
        @Nullable String mediaType,
        @Nullable SchemaRef schema,
        @Nullable String description) implements RoutePart {
    private static final Pattern STATUS = Pattern.compile("[1-5]([0-9]{2}|XX)|default");

    /** What the body of a response is. */
    public enum Kind {
        /** JSON that has a schema. */
        JSON,
        /** There is none. */
        NONE,
        /** Bytes that are not looked at: a file, a stream, events. */
        STREAM
    }

    /**
     * Checks that the parts fit together.
     *
     * @param status the status
     * @param kind what its body is
     * @param mediaType its media type, or null
     * @param schema what the body must be, or null
     * @param description a text for people, or null
     * @throws IllegalArgumentException if the status or the media type is malformed, or they do not fit the kind
     */
    public ResponseBody {
        if (!STATUS.matcher(status).matches()) {
            throw new IllegalArgumentException(
                    "status must be 100..599, a class such as 4XX, or default: \"" + status + "\"");
        }
        mediaType = mediaType == null ? null : MediaType.check(mediaType);
        if ((kind == Kind.NONE) != (mediaType == null) || (kind == Kind.JSON) != (schema != null)) {
            throw new IllegalArgumentException(
                    "a response of " + status + " without a body has no media type, and only JSON has a schema");
        }
    }

    /**
     * {@return the same response under another media type}
     *
     * @param other the media type, as in {@code application/hal+json}
     * @throws IllegalArgumentException if it is malformed, or there is no body
     */
    public ResponseBody as(String other) {
        return new ResponseBody(status, kind, other, schema, description);
    }

    /**
     * {@return the same response with a description}
     *
     * @param text a text for people
     */
    public ResponseBody describedAs(String text) {
        return new ResponseBody(status, kind, mediaType, schema, text);
    }
}
