package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.util.List;
import java.util.Map;

/** A compiled JSON Schema. Immutable, safe for use by multiple threads. */
public final class Schema {
    private final Bundle bundle;
    private final Engine engine;

    Schema(Bundle bundle, Engine engine) {
        this.bundle = bundle;
        this.engine = engine;
    }

    /** {@return the name under which it was registered: {@code order/create}} */
    public String name() {
        return bundle.name();
    }

    /** {@return its draft} */
    public Draft draft() {
        return bundle.draft();
    }

    /** {@return the schema as it was written; a copy, which the caller may change} */
    public JsonNode document() {
        return bundle.source().deepCopy();
    }

    /** {@return the meaning of a pattern that the schema has} */
    TextPattern pattern(String pattern) {
        return engine.pattern(pattern);
    }

    /** {@return the self-contained schema, which nobody may change} */
    JsonNode root() {
        return bundle.root();
    }

    /**
     * {@return the schema as it is checked, with all that it refers to inside: each {@code $ref} in it is {@code #} or {@code #/definitions/…}, and there are
     * no identifiers; a copy, which the caller may change}
     */
    public JsonNode standalone() {
        return bundle.root().deepCopy();
    }

    /**
     * {@return where each definition of {@link #standalone()} was written, by its name there and in its order; so that whoever puts several schemas into one
     * document can write what they share once}
     */
    public Map<String, SchemaOrigin> origins() {
        return bundle.origins();
    }

    /**
     * {@return what does not fit, in a stable order, at most 100; empty when the value is valid}
     *
     * @param value the value
     */
    public List<Violation> validate(JsonNode value) {
        return engine.violations(value);
    }

    /**
     * Demands that a value is valid.
     *
     * @param value the value
     * @throws io.betrue.errors.ProblemException VALIDATION_FAILED with each violation, if it is not
     */
    public void check(JsonNode value) {
        List<Violation> violations = validate(value);
        if (!violations.isEmpty()) {
            Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
            for (Violation violation : violations) {
                problem.error(violation.toFieldError());
            }
            throw problem.toException();
        }
    }

    /**
     * Reads JSON that came from outside, a message of a WebSocket or a queue for example, and demands that it is valid. It is read strictly (RFC 8259): one
     * value in UTF-8 without a byte order mark, no name twice, at most 100 levels deep, numbers of at most 400 digits.
     *
     * @param json the text
     * @return the value
     * @throws io.betrue.errors.ProblemException MALFORMED_JSON if it is not such JSON, VALIDATION_FAILED with each violation if it is not valid
     */
    public JsonNode read(String json) {
        try {
            return checked(StrictJson.read(json));
        } catch (Refusal e) {
            throw e.problem().toException();
        }
    }

    /**
     * Reads JSON that came from outside, as {@link #read(String)} does.
     *
     * @param json the text in UTF-8
     * @return the value
     * @throws io.betrue.errors.ProblemException MALFORMED_JSON if it is not such JSON, VALIDATION_FAILED with each violation if it is not valid
     */
    public JsonNode read(byte[] json) {
        try {
            return checked(StrictJson.read(json));
        } catch (Refusal e) {
            throw e.problem().toException();
        }
    }

    private JsonNode checked(JsonNode value) {
        check(value);
        return value;
    }
}
