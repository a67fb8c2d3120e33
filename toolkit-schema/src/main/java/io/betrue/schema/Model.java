package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.everit.json.schema.Schema;

/** The engine's model of each schema in a bundle: the one judge of what is valid. Immutable, safe for use by multiple threads. */
final class Model {
    private final IdentityHashMap<JsonNode, Verdict> verdicts = new IdentityHashMap<>();
    private final boolean wholeDecimals;

    Model(IdentityHashMap<JsonNode, Schema> schemas, Draft draft) {
        schemas.forEach((node, schema) -> verdicts.put(node, new Verdict(schema)));
        this.wholeDecimals = draft != Draft.DRAFT_4;
    }

    /** {@return whether a decimal such as 1.0 is an integer} */
    boolean wholeDecimals() {
        return wholeDecimals;
    }

    /** {@return a check of one value} */
    Run start() {
        return new Run(wholeDecimals);
    }

    /**
     * {@return whether a value is valid}
     *
     * @param schema a schema of the bundle
     * @param value the value, or a part of it
     * @param run the check
     */
    boolean accepts(JsonNode schema, JsonNode value, Run run) {
        return Objects.requireNonNull(verdicts.get(schema)).accepts(Views.of(value, run));
    }
}
