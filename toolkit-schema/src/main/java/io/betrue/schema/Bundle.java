package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A schema that stands alone: every {@code $ref} is local ({@code #} or {@code #/definitions/…}), identifiers are gone. Checked, so that compiling it cannot
 * fail for a reason of the user's.
 *
 * @param name the name under which it was registered
 * @param draft its draft
 * @param source the schema as it was written
 * @param root the self-contained schema
 * @param origins where each of its definitions was written, by their names
 */
record Bundle(String name, Draft draft, JsonNode source, JsonNode root, Map<String, SchemaOrigin> origins) {
    /** {@return the schema that a {@code $ref} of the bundle means} */
    JsonNode target(String reference) {
        return root.at(reference.substring(1));
    }

    /** {@return the schema that a chain of references ends at} */
    JsonNode follow(JsonNode schema) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = target(at.get("$ref").textValue());
        }
        return at;
    }
}
