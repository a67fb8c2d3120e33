package io.betrue.schema;

import org.jspecify.annotations.Nullable;

/**
 * Says which schema is meant: one that is registered under a name, or one that is written out in the place. A name that is not registered shows when the
 * application starts.
 *
 * @param name the name under which it is registered, as in {@code order/create}, or null if it is written out
 * @param json the schema itself, a JSON object as text, or null if it is named
 */
public record SchemaRef(@Nullable String name, @Nullable String json) {
    private static final String INLINE = "inline";

    /**
     * Checks that exactly one is given.
     *
     * @param name a name, or null
     * @param json a schema, or null
     * @throws IllegalArgumentException if both or none are given, or one is blank
     */
    public SchemaRef {
        String text = name == null ? json : name;
        if (text == null || (name != null && json != null)) {
            throw new IllegalArgumentException("a schema is either named or written out");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("a schema's name must not be blank");
        }
    }

    /**
     * {@return the schema that a text stands for}
     *
     * @param text a name, as in {@code order/create}, or a schema itself, which starts with a brace: <code>{"type": "integer"}</code>
     * @throws IllegalArgumentException if it is blank
     */
    public static SchemaRef of(String text) {
        return text.stripLeading().startsWith("{") ? new SchemaRef(null, text) : new SchemaRef(text, null);
    }

    /**
     * {@return the compiled schema}
     *
     * @param schemas where names are looked up; a schema that is written out stands alone, but knows their formats and trusted patterns
     * @throws IllegalArgumentException if the name is not registered
     * @throws SchemaException if the schema that is written out is refused
     */
    public Schema in(Schemas schemas) {
        return json == null ? schemas.get(String.valueOf(name)) : schemas.inline(INLINE, json);
    }

    @Override
    public String toString() {
        return String.valueOf(name == null ? json : name);
    }
}
