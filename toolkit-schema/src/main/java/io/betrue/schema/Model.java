package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.Validator;

/** The engine's model of each schema in a bundle: the one judge of what is valid. Immutable, safe for use by multiple threads. */
final class Model {
    private static final Validator VALIDATOR =
            Validator.builder().failEarly().withListener(Check.LISTENER).build();

    private final IdentityHashMap<JsonNode, Schema> schemas;
    private final boolean wholeDecimals;

    Model(IdentityHashMap<JsonNode, Schema> schemas, Draft draft) {
        this.schemas = schemas;
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
        return judge(Objects.requireNonNull(schemas.get(schema)), Views.of(value, run));
    }

    /** {@return whether the engine accepts a value} */
    static boolean judge(Schema schema, Object value) {
        try {
            VALIDATOR.performValidation(schema, value);
            return true;
        } catch (ValidationException e) {
            return false;
        }
    }
}
