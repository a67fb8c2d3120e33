package io.betrue.schema;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The schemas of an application. Immutable, safe for use by multiple threads. */
public final class Schemas {
    private final Map<String, Schema> byName;
    private final SchemasConfig config;

    Schemas(Map<String, Schema> byName, SchemasConfig config) {
        this.config = config;
        this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /**
     * Reads, checks and compiles schemas, so that nothing about them can fail later.
     *
     * @param config says where they come from
     * @return the schemas
     * @throws SchemaException with every fault at once, each with its file, line, column and pointer
     */
    public static Schemas load(Consumer<SchemasConfig> config) {
        Faults faults = new Faults();
        SchemasConfig wanted = new SchemasConfig(faults);
        config.accept(wanted);
        Map<String, Schema> schemas = new Loader(wanted, faults).load();
        faults.throwIfAny();
        return new Schemas(schemas, wanted);
    }

    /**
     * {@return the schema that is made of a record, or of a sealed interface of records, as Jackson reads and writes it; its name is that of the class}
     *
     * @param type the record or the sealed interface
     * @throws SchemaException if a part of it cannot be described
     */
    public static Schema of(Class<?> type) {
        String name = type.getSimpleName();
        return load(config -> config.record(name, type)).get(name);
    }

    /**
     * {@return the schema of a name}
     *
     * @param name the name under which it was registered: {@code order/create}
     * @throws IllegalArgumentException if there is none; the message names the one that is close
     */
    public Schema get(String name) {
        Schema schema = byName.get(name);
        if (schema == null) {
            String close = Similar.closest(name, byName.keySet());
            throw new IllegalArgumentException("schema \"" + name + "\" is not registered"
                    + (close == null ? "" : "; did you mean \"" + close + "\"?"));
        }
        return schema;
    }

    /**
     * {@return a schema that is written out in a route: of draft 7 unless it names another, with the formats and trusted patterns of these}
     *
     * @throws SchemaException if it is refused
     */
    Schema inline(String name, String json) {
        return load(inline -> {
                    config.formats().forEach(inline::format);
                    config.trustedPatterns().forEach(inline::trustPattern);
                    inline.json(name, json);
                })
                .get(name);
    }

    /** {@return the names of all schemas, sorted} */
    public Set<String> names() {
        return byName.keySet();
    }
}
