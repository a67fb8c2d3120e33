package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.schema.SchemaOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema that stands alone: each {@code $ref} in it is a pointer into itself.
 *
 * @param name the name under which it is registered
 * @param draft 4, 6 or 7
 * @param root the schema
 * @param origins where its places were written, without the files, by the pointers to them; bundles share the places whose origins are equal. Empty where
 *     nothing can be shared. No part of what makes two bundles equal
 */
record SchemaBundle(String name, int draft, JsonNode root, Map<String, SchemaOrigin> origins)
        implements Comparable<SchemaBundle> {
    /** A bundle that shares nothing with others. */
    SchemaBundle(String name, int draft, JsonNode root) {
        this(name, draft, root, Map.of());
    }

    @Override
    public int compareTo(SchemaBundle other) {
        if (equals(other)) {
            return 0;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : text().compareTo(other.text());
    }

    /** By the name: the same bundle is asked for at each of its uses, and a hash of a tree looks at all of it. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SchemaBundle that
                        && name.equals(that.name)
                        && draft == that.draft
                        && root.equals(that.root));
    }

    /** Tells it from another of the same name. */
    String text() {
        return draft + root.toString();
    }
}
