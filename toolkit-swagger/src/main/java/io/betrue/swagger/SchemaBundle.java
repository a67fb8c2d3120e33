package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A schema that stands alone: each {@code $ref} in it is a pointer into itself.
 *
 * @param name the name under which it is registered
 * @param draft 4, 6 or 7
 * @param root the schema
 */
record SchemaBundle(String name, int draft, JsonNode root) implements Comparable<SchemaBundle> {
    @Override
    public int compareTo(SchemaBundle other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : text().compareTo(other.text());
    }

    /** Tells it from another of the same name. */
    String text() {
        return draft + root.toString();
    }
}
