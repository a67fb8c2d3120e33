package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** How a version of OpenAPI writes a schema. */
interface Dialect {
    /**
     * Turns a draft 7 schema, as {@link SourceSchema} gives it, into one of this version.
     *
     * @param name what losses are reported under
     * @param schema the schema; left as it is
     * @param losses takes one sentence for each thing that cannot be said
     */
    JsonNode schema(String name, JsonNode schema, List<String> losses);

    /**
     * The same dialect that knows where something was lost.
     *
     * @param references what a {@code $ref} to each such schema says
     */
    default Dialect knowing(Set<String> references) {
        return this;
    }
}
