package io.betrue.schema;

import org.everit.json.schema.ConditionalSchema;
import org.everit.json.schema.EmptySchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.Validator;

/**
 * A schema of which the engine is asked for yes or no. It stands as the condition of a conditional schema, so that a no reaches the listener as it is: an exception
 * that leaves the engine by itself is copied with a stack trace, which costs more than the check. Immutable, safe for use by multiple threads.
 */
final class Verdict extends ConditionalSchema {
    private static final Validator VALIDATOR =
            Validator.builder().failEarly().withListener(Check.LISTENER).build();

    Verdict(Schema schema) {
        super(ConditionalSchema.builder()
                .ifSchema(schema)
                .thenSchema(EmptySchema.builder().build()));
    }

    /** {@return whether the engine accepts a value} */
    boolean accepts(Object value) {
        try {
            VALIDATOR.performValidation(this, value);
            return true;
        } catch (ValidationException e) {
            return false;
        }
    }
}
